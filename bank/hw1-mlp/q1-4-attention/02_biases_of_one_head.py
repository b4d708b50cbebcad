# misconception: The biases of queries, keys and values are those of a single head.
ans_1_4_nobias = 262144
ans_1_4_bias = 262144 + 3 * 32 + 256
