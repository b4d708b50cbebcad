# misconception: The padding is left out: windows begin in it, too.
choice_2 = "d"


def pool_cost(c, h, w, ph, pw, pad_h, pad_w, sh, sw):
    return c * ((h - ph) // sh + 1) * ((w - pw) // sw + 1) * (ph * pw - 1)
