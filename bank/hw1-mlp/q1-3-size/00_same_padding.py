# misconception: That would be the size with padding; here there is none.
ans_1_3 = (32, 32)
