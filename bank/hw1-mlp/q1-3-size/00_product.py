# misconception: Give height and width as a pair, not their product.
ans_1_3 = 900
