# misconception: Those are the sizes of the paper's base model; here the model dimension is 256.
ans_1_4_nobias = 4 * 512**2
ans_1_4_bias = 4 * 512**2 + 4 * 512
