# misconception: Only the diagonal is there: the others are −σ_i σ_j.
J_123 = np.diag([0.0819, 0.1848, 0.2227])
