n, k = np.array([32, 32]), np.array([3, 3])
h, w = n - k + 1
ans_1_3 = (h, w)
