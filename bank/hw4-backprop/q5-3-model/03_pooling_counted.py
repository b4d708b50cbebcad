# misconception: The comparisons of the pooling are not counted.
ans5_II_params = 345692
ans5_II_adds = 355467264
ans5_II_mults = 353370112
ans5_II_acts = 618496
