# misconception: That would be a 5×5 filter, or padding taken off instead of added.
ans_1_3 = (28, 28)
