ans_1_2_mse = None
ans_1_2_ce = 1.2433
