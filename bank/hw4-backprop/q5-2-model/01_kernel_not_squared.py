# misconception: A k×k filter has k² weights per channel, not k.
ans5_I_params = 302492
ans5_I_adds = 309329920
ans5_I_mults = 309329920
ans5_I_acts = 421888
