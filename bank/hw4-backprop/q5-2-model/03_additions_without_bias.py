# misconception: The addition of the bias is not counted.
ans5_I_params = 1088924
ans5_I_adds = 1114214400
ans5_I_mults = 1114636288
ans5_I_acts = 421888
