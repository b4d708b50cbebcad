# misconception: The 1×1 reductions are followed by activations, too.
ans5_II_params = 345692
ans5_II_adds = 353370112
ans5_II_mults = 353370112
ans5_II_acts = 487424
