d = 256
ans_1_4_nobias, ans_1_4_bias = 4 * d**2, 4 * d**2 + 4 * d
