d, h = 256, 8
d_k = d // h
ans_1_4_nobias = ans_1_4_bias = 0
for head in range(h):
    ans_1_4_nobias += 3 * d * d_k
    ans_1_4_bias += 3 * (d * d_k + d_k)
ans_1_4_nobias += (h * d_k) * d
ans_1_4_bias += (h * d_k) * d + d
