# misconception: That is the log of the raw logits: the softmax is missing.
z, y = np.array([0.5, 0.3, 0.8]), np.array([0.3, 0.6, 0.1])
ans_1_2_mse = 0.62
ans_1_2_ce = float(-(y * np.log(z)).sum())
