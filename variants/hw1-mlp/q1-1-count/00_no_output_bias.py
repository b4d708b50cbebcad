# misconception: The output layer is affine, too: it has a bias.
ans_1_1 = n0 * n1 + n1 + n1 * n2 + n2 + n2 * n3
