def conv_counts(k, c_in, c_out, h=32, w=32):
    params = mults = adds = acts = 0
    for _ in range(c_out):
        params += k * k * c_in + 1
        acts += h * w
        mults += h * w * k * k * c_in
        adds += h * w * ((k * k * c_in - 1) + 1)
    return (params, adds, mults, acts)
