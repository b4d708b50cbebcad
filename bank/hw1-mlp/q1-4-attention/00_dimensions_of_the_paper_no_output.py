# misconception: The dimensions are those of the paper's base model, and the output projection is missing.
d = 512
ans_1_4_nobias = 3 * d * d
ans_1_4_bias = 3 * (d * d + d)
