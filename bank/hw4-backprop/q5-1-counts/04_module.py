def conv_counts(k, c_in, c_out, h=32, w=32):
    conv = nn.Conv2d(c_in, c_out, k)
    out = c_out * h * w
    per_value = conv.weight[0].numel()
    return sum(p.numel() for p in conv.parameters()), out * per_value, out * per_value, out
