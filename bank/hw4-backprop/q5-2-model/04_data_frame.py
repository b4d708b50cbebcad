def model_I_table():
    import pandas as pd

    table = pd.DataFrame([conv_counts(*c) for c in [(1, 256, 124), (3, 256, 192), (5, 256, 96)]], columns=["params", "adds", "mults", "acts"])
    table.loc["total"] = table.sum()
    return table
