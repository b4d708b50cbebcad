ans_1_4_nobias = 263168
ans_1_4_bias = 262144
