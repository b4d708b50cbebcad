# misconception: The channels of the output are those of the filters, not of the image.
choice_1 = "a"
ans_4_1a = (1, 6, 6)
