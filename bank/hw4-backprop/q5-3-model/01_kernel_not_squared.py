# misconception: A k×k filter has k² weights per channel, not k.
ans5_II_params = 149084
ans5_II_adds = 152043520
ans5_II_mults = 152043520
ans5_II_acts = 618496
