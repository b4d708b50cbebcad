def conv_counts(k, c_in, c_out, h=32, w=32):
    params = k * k * c_in * c_out + c_out
    mults = int(np.prod([k, k, c_in, c_out, h, w], dtype=np.int32))
    return params, mults, mults, c_out * h * w
