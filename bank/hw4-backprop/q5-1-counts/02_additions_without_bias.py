# misconception: The addition of the bias is not counted.
def conv_counts(k, c_in, c_out, h=32, w=32):
    params = (k**2 * c_in + 1) * c_out
    mults = h * w * c_out * k**2 * c_in
    adds = h * w * c_out * (k**2 * c_in - 1)
    return params, adds, mults, h * w * c_out
