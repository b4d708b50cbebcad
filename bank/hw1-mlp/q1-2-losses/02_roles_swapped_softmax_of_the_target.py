# misconception: The roles are swapped: the target y weights the logarithms of the softmax of the logits, not the other way round.
ans_1_2_mse = 0.62
ans_1_2_ce = 1.915
