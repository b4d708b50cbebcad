# misconception: The output projection has a bias vector, too.
ans_1_4_nobias = 262144
ans_1_4_bias = 262144 + 3 * 256
