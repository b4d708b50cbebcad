# misconception: The addition of the bias is not counted.
ans5_II_params = 345692
ans5_II_adds = 352751616
ans5_II_mults = 353370112
ans5_II_acts = 618496
