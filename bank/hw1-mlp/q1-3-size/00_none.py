ans_1_3 = None
