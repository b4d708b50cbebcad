# misconception: The channels are missing: each of the filters makes one.
choice_1 = "a"
ans_4_1a = (6, 6)
