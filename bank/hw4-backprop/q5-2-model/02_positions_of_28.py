# misconception: The convolutions keep 32×32: these are 1024 positions, not 784.
ans5_I_params = 1088924
ans5_I_adds = 853393408
ans5_I_mults = 853393408
ans5_I_acts = 323008
