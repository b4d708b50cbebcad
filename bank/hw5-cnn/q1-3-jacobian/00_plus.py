s = np.exp(np.array([1.0, 2, 3]))
s /= s.sum()
J_123 = np.diag(s) + np.outer(s, s)
