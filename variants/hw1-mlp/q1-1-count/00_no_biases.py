# misconception: That counts the weights only: every affine layer has a bias, too.
ans_1_1 = n0 * n1 + n1 * n2 + n2 * n3
