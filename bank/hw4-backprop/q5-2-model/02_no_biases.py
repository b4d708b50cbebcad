# misconception: The biases are missing among the parameters.
ans5_I_params = 1088512
ans5_I_adds = 1114636288
ans5_I_mults = 1114636288
ans5_I_acts = 421888
