# misconception: Only the output projection has got a bias; queries, keys and values have one, too.
ans_1_4_nobias = 262144
ans_1_4_bias = 262144 + 256
