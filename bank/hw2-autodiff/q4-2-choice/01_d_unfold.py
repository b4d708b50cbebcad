choice_2 = "D"


def pool_cost(c, h, w, ph, pw, pad_h, pad_w, sh, sw):
    windows = F.unfold(torch.zeros(1, c, h, w), (ph, pw), padding=(pad_h, pad_w), stride=(sh, sw))
    return windows.shape[2] * c * (ph * pw - 1)
