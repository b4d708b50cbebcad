# misconception: That comes out when padding is left out or added on one side only, or when the first position is not counted.
choice_1 = "a"
ans_4_1a = (16, 5, 5)
