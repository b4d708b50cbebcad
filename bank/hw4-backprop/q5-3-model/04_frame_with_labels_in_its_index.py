def model_II_table():
    import pandas as pd

    heads = ["params", "adds", "mults", "acts"]
    convs = {
        "1x1": (1, 256, 124),
        "3x3 reduce": (1, 256, 64), "3x3": (3, 64, 192),
        "5x5 reduce": (1, 256, 64), "5x5": (5, 64, 96),
        "pool proj": (1, 256, 64),
    }  # fmt: skip
    frame = pd.DataFrame.from_dict({n: conv_counts(*c) for n, c in convs.items()}, orient="index", columns=heads)
    frame.loc["total"] = frame.sum()
    return frame
