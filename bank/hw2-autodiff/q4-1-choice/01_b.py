choice_1 = "b"
ans_4_1a = None
