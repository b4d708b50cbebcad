def conv_counts(k, c_in, c_out, h=32, w=32):
    params = k * k * c_in * c_out + c_out
    mults = k * k * c_in * c_out * h * w
    return params, max(k * k * c_in - 1, 1) * c_out * h * w + c_out * h * w, mults, c_out * h * w
