ans5_II_params = 345692
ans5_II_adds = 345088 * 32 * 32
ans5_II_mults = 345088 * 1024
ans5_II_acts = 604 * 32**2
