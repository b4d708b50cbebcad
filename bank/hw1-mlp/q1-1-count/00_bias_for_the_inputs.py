# misconception: The inputs have no biases: only units that compute something do.
ans_1_1 = 6500 + 100 + 50 + 25 + 10
