# misconception: The biases are missing here: one vector for each of the four projections.
ans_1_4_nobias = 4 * d * d
ans_1_4_bias = 4 * d * d
