def conv_counts(k, c_in, c_out, h=32, w=32):
    weights = np.prod([k, k, c_in, c_out], dtype=np.int64)
    return [weights + c_out, weights * h * w, weights * h * w, np.int64(c_out) * h * w]
