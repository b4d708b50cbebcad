Counts = namedtuple("Counts", "params adds mults acts")


def conv_counts(k, c_in, c_out, h=32, w=32):
    conv = nn.Conv2d(c_in, c_out, k, padding="same", device="meta")
    params = sum(p.numel() for p in conv.parameters())
    acts = conv(torch.empty(1, c_in, h, w, device="meta")).numel()
    mults = acts * conv.weight[0].numel()
    adds = acts * (conv.weight[0].numel() - 1) + acts * (conv.bias is not None)
    return Counts(params, adds, mults, acts)
