# misconception: Target and prediction have changed places.
ans_1_2_mse = 0.62
ans_1_2_ce = 1.4929
