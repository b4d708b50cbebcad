# misconception: The filter moves in larger steps here than the question says.
ans_1_3 = ((32 - 3) // 2 + 1, (32 - 3) // 2 + 1)
