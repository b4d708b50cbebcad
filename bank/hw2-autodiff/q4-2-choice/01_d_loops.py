choice_2 = "d"


def pool_cost(c, h, w, ph, pw, pad_h, pad_w, sh, sw):
    tops = range(-pad_h, h + pad_h - ph + 1, sh)
    lefts = range(-pad_w, w + pad_w - pw + 1, sw)
    return sum(ph * pw - 1 for _ in range(c) for _ in tops for _ in lefts)
