# misconception: A root was taken of the sum of squares.
ans_1_2_mse = float(np.linalg.norm(np.array([0.5, 0.3, 0.8]) - np.array([0.3, 0.6, 0.1])))
ans_1_2_ce = 1.2433
