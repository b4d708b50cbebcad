# misconception: The first branch has no reduction in front of it.
ans5_II_params = 338332
ans5_II_adds = 345767936
ans5_II_mults = 345767936
ans5_II_acts = 684032
