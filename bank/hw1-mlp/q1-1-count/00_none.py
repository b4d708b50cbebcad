ans_1_1 = None
