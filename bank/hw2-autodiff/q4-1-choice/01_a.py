choice_1 = "a"
ans_4_1a = (16, 6, 6)
