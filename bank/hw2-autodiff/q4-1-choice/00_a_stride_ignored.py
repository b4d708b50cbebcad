# misconception: The stride is left out: the filter moves four pixels at a time.
choice_1 = "a"
ans_4_1a = (16, 22, 22)
