n, k, s, p = 32, 3, 1, 0
o = (n + 2 * p - k) // s + 1
ans_1_3 = (o, o)
