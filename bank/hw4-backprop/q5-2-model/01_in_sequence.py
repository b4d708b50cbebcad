# misconception: The branches stand side by side: each of them begins with the 256 channels of the input.
ans5_I_params = 707228
ans5_I_adds = 723779584
ans5_I_mults = 723779584
ans5_I_acts = 421888
