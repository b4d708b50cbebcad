def conv_counts(k, c_in, c_out, h=32, w=None):
    w = w or h
    params = k * k * c_in * c_out + c_out
    mults = k * k * c_in * c_out * h * w
    return params, mults, mults, c_out * h * w
