ans5_I_params = 1088924
ans5_I_adds = 1088512 * 32 * 32
ans5_I_mults = 1088512 * 1024
ans5_I_acts = 412 * 32**2
