# misconception: The sign: a cross-entropy of probabilities is never negative.
ans_1_2_mse = 0.62
ans_1_2_ce = -1.2433
