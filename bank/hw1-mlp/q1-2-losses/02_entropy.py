# misconception: That is the entropy of the target alone; the prediction does not enter.
ans_1_2_mse = 0.62
ans_1_2_ce = 0.8979
