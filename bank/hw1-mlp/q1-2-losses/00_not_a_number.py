ans_1_2_mse = float('nan')
ans_1_2_ce = float('inf')
