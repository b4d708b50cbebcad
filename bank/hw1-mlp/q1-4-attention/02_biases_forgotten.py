# misconception: The biases are missing here: one vector for each of the four projections.
ans_1_4_nobias = 262144
ans_1_4_bias = 262144
