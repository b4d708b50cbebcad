# misconception: Each matrix has got a single bias here; look at how long a bias vector is.
ans_1_4_nobias = 262144
ans_1_4_bias = 262144 + 4
