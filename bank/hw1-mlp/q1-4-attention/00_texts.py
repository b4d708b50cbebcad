ans_1_4_nobias = "262144"
ans_1_4_bias = "263,168"
