# misconception: The channels are missing: each one is pooled by itself.
choice_2 = "d"


def pool_cost(c, h, w, ph, pw, pad_h, pad_w, sh, sw):
    return ((h + 2 * pad_h - ph) // sh + 1) * ((w + 2 * pad_w - pw) // sw + 1) * (ph * pw - 1)
