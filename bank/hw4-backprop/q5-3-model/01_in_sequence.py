# misconception: The branches stand side by side: each of them begins with the 256 channels of the input.
ans5_II_params = 322908
ans5_II_adds = 330039296
ans5_II_mults = 330039296
ans5_II_acts = 618496
