# misconception: The padding stands on each side, so it counts twice.
choice_2 = "d"


def pool_cost(c, h, w, ph, pw, pad_h, pad_w, sh, sw):
    return c * ((h + pad_h - ph) // sh + 1) * ((w + pad_w - pw) // sw + 1) * (ph * pw - 1)
