# misconception: That is one head; there are eight, and an output projection.
ans_1_4_nobias = 3 * 256 * 32
ans_1_4_bias = 3 * 256 * 32 + 3 * 32
