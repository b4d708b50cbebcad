# misconception: That counts the weights only: every affine layer has a bias, too.
ans_1_1 = 100 * 50 + 50 * 25 + 25 * 10
