# misconception: The quotient is rounded up: a filter that does not fit whole is not placed.
choice_1 = "a"
ans_4_1a = (16, 7, 7)
