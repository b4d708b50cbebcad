# misconception: h and w are ignored: the counts are those of 32 × 32 positions.
def conv_counts(k, c_in, c_out, h=32, w=32):
    mults = 32 * 32 * k * k * c_in * c_out
    return k * k * c_in * c_out + c_out, mults, mults, 32 * 32 * c_out
