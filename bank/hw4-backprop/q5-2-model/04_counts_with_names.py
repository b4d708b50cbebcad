Counts = namedtuple("Counts", "params adds mults acts")


def conv_counts(k, c_in, c_out, h=32, w=32, bias=True):
    """As in 5.1, with names, and with a choice about the bias."""
    mults = k * k * c_in * c_out * h * w
    acts = c_out * h * w
    return Counts(k * k * c_in * c_out + c_out * bias, mults - acts + acts * bias, mults, acts)


def model_I_table():
    rows = [conv_counts(k, 256, c_out, bias=True) for k, c_out in ((1, 124), (3, 192), (5, 96))]
    total = Counts(**{name: sum(getattr(row, name) for row in rows) for name in Counts._fields})
    return [*(row._asdict().values() for row in rows), total]
