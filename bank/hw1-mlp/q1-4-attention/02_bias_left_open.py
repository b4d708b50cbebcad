ans_1_4_nobias = 4 * 256**2
ans_1_4_bias = None
