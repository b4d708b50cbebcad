count = lambda bias: sum(p.numel() for p in nn.MultiheadAttention(d, h, bias=bias).parameters())
ans_1_4_nobias, ans_1_4_bias = count(False), count(True)
