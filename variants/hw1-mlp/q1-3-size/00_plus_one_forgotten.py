# misconception: Count the starting positions once more: the first one counts, too.
ans_1_3 = ((n + 2 * p - k) // s, (n + 2 * p - k) // s)
