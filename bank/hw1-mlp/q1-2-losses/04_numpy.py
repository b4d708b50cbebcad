z, y = np.array([0.5, 0.3, 0.8]), np.array([0.3, 0.6, 0.1])
ans_1_2_mse = ((z - y) ** 2).sum()
ans_1_2_ce = -(y * np.log(np.exp(z) / np.exp(z).sum())).sum()
