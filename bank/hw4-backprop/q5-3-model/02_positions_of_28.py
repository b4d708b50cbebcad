# misconception: The convolutions keep 32×32: these are 1024 positions, not 784.
ans5_II_params = 345692
ans5_II_adds = 270548992
ans5_II_mults = 270548992
ans5_II_acts = 473536
