# misconception: A filter of width k loses k − 1 positions.
ans_1_3 = (31, 31)
