# misconception: The stride is left out: it makes the outputs fewer.
choice_2 = "d"


def pool_cost(c, h, w, ph, pw, pad_h, pad_w, sh, sw):
    return c * (h + 2 * pad_h - ph + 1) * (w + 2 * pad_w - pw + 1) * (ph * pw - 1)
