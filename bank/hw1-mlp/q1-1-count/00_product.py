# misconception: The layers' counts add up; they do not multiply.
ans_1_1 = 100 * 50 * 25 * 10
