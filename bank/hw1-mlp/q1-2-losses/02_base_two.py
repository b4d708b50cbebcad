# misconception: That is the logarithm to base 2; the natural one is asked for.
ans_1_2_mse = 0.62
ans_1_2_ce = 1.243286555 / math.log(2)
