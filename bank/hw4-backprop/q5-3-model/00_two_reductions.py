# misconception: One of the three 1×1 reductions to 64 channels is missing: the pool branch has one, too.
ans5_II_params = 329244
ans5_II_adds = 336592896
ans5_II_mults = 336592896
ans5_II_acts = 552960
