# misconception: The convolutions keep 32×32: with the padding there are 1024 positions, not 900.
ans5_I_params = 1088924
ans5_I_adds = 979660800
ans5_I_mults = 979660800
ans5_I_acts = 370800
