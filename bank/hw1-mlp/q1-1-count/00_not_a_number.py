ans_1_1 = float("nan")
