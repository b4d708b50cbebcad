# misconception: This one asks for projections without biases.
ans_1_4_nobias = 263168
ans_1_4_bias = 263168
