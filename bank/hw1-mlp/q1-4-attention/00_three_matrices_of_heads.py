ans_1_4_nobias = ans_1_4_bias = 786432
