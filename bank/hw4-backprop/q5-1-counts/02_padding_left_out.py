# misconception: Products with the zeros of the padding are left out; the question counts them, too.
def conv_counts(k, c_in, c_out, h=32, w=32):
    pad = k // 2
    inside = lambda size: sum(0 <= i + o - pad < size for i in range(size) for o in range(k))
    mults = inside(h) * inside(w) * c_in * c_out
    return k * k * c_in * c_out + c_out, mults, mults, c_out * h * w
