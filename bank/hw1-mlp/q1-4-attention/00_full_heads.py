# misconception: A head projects to its own width, not to the whole model dimension.
ans_1_4_nobias = 8 * 3 * 256 * 256 + 256 * 256
ans_1_4_bias = ans_1_4_nobias + 25 * 256
