choice_1 = ""
ans_4_1a = None
