def model_II_table():
    import pandas as pd

    table = pd.DataFrame([conv_counts(*c) for c in [(1, 256, 124), (1, 256, 64), (3, 64, 192), (1, 256, 64), (5, 64, 96), (1, 256, 64)]], columns=["params", "adds", "mults", "acts"])
    table.loc["total"] = table.sum()
    return table
