def model_I_table():
    rows = np.array([conv_counts(*c) for c in [(5, 256, 96), (3, 256, 192), (1, 256, 124)]])
    return np.vstack([rows, rows.sum(0)])
