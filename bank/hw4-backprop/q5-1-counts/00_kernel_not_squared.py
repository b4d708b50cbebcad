# misconception: A k×k filter has k² weights per channel, not k.
def conv_counts(k, c_in, c_out, h=32, w=32):
    params = (k * c_in + 1) * c_out
    mults = h * w * c_out * k * c_in
    adds = h * w * c_out * (k * c_in - 1 + 1)
    return params, adds, mults, h * w * c_out
