# misconception: The largest of n numbers takes n − 1 comparisons.
choice_2 = "d"


def pool_cost(c, h, w, ph, pw, pad_h, pad_w, sh, sw):
    return c * ((h + 2 * pad_h - ph) // sh + 1) * ((w + 2 * pad_w - pw) // sw + 1) * ph * pw
