# misconception: ReLU has no parameters.
ans_1_1 = 6585 + 50 + 25
