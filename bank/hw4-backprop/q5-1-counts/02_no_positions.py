# misconception: Each weight works at every output position: the factor h·w is missing.
def conv_counts(k, c_in, c_out, h=32, w=32):
    params = (k**2 * c_in + 1) * c_out
    mults = c_out * k**2 * c_in
    adds = c_out * (k**2 * c_in - 1 + 1)
    return params, adds, mults, h * w * c_out
