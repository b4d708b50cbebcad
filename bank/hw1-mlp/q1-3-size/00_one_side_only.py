# misconception: Only one side of the output is given; height and width are asked.
ans_1_3 = 30
