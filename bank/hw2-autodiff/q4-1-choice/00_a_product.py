# misconception: That is the number of values; the shape is asked for, as (channels, height, width).
choice_1 = "a"
ans_4_1a = 576
