# misconception: The channels of the output are those of the filters, not of the image.
choice_1 = "a"
ans_4_1a = (3, 6, 6)
