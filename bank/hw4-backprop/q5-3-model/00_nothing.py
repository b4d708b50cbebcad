ans5_II_params = None
ans5_II_adds = None
ans5_II_mults = None
ans5_II_acts = None
