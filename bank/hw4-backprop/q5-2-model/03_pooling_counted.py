# misconception: The comparisons of the pooling are not counted.
ans5_I_params = 1088924
ans5_I_adds = 1116733440
ans5_I_mults = 1114636288
ans5_I_acts = 421888
