ans5_I_params = None
ans5_I_adds = None
ans5_I_mults = None
ans5_I_acts = None
