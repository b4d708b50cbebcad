s = np.exp(np.array([1.0, 2, 3]))
s /= s.sum()
J_123 = s[:, None] * (np.eye(3) - s)
