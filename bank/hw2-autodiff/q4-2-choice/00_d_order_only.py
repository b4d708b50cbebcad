# misconception: That is the order of the cost; the number of comparisons is asked for.
choice_2 = "d"


def pool_cost(c, h, w, ph, pw, pad_h, pad_w, sh, sw):
    return c * h * w * ph * pw // (sh * sw)
