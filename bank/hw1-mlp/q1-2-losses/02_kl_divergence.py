# misconception: That is the KL divergence: the entropy of the target was taken off.
ans_1_2_mse = 0.62
ans_1_2_ce = 1.2433 - 0.8979
