# misconception: The two losses stand in each other's variable.
ans_1_2_ce = 0.62
ans_1_2_mse = 1.2433
