# misconception: Count the starting positions once more: the first one counts, too.
ans_1_3 = (29, 29)
