# misconception: The convolutions keep 32×32: with the padding there are 1024 positions, not 900.
ans5_II_params = 345692
ans5_II_adds = 310579200
ans5_II_mults = 310579200
ans5_II_acts = 543600
