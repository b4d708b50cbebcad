# misconception: That is the mean over the classes; the sum is asked for.
ans_1_2_mse = 0.62
ans_1_2_ce = 1.243286555 / 3
