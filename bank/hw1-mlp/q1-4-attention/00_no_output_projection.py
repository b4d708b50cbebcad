# misconception: The output projection is missing.
ans_1_4_nobias = 3 * 256 * 256
ans_1_4_bias = 3 * 256 * 256 + 3 * 256
