# misconception: That counts units; a layer's weights are a whole matrix between two layers.
ans_1_1 = 100 + 50 + 25 + 10
