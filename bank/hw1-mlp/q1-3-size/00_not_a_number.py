ans_1_3 = (30, float("nan"))
