# misconception: The output layer is affine, too: it has a bias.
ans_1_1 = 6500 + 50 + 25
