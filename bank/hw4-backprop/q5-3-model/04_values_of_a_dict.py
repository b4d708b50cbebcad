def model_II_table():
    sizes = {"1": (1, 256, 124), "3 reduce": (1, 256, 64), "3": (3, 64, 192)}
    sizes |= {"5 reduce": (1, 256, 64), "5": (5, 64, 96), "pool": (1, 256, 64)}
    table = {name: np.array(conv_counts(*size)) for name, size in sizes.items()}
    table["total"] = sum(table.values())
    return table.values()
