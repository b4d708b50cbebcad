# misconception: There is a factor of one half before the sum of squares; the formula has none.
ans_1_2_mse = 0.5 * (0.2**2 + 0.3**2 + 0.7**2)
ans_1_2_ce = 1.2433
