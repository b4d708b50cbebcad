# misconception: The biases are missing among the parameters.
ans5_II_params = 345088
ans5_II_adds = 353370112
ans5_II_mults = 353370112
ans5_II_acts = 618496
