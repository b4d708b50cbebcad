def conv_counts(k, c_in, c_out, h=32, w=32):
    kernel, acts = np.array([c_out, c_in, k, k], dtype=np.int64), np.int64(c_out) * h * w
    weights = np.prod(kernel)
    return np.array([weights + c_out, acts * (weights // c_out - 1) + acts, weights * h * w, acts])
