SETTINGS = ((np.float64(0.01), np.int64(3)), (0.01, 5), (0.1, 3), (0.5, 5))


def choose_best(rows):
    order = np.lexsort([[r['val_loss'] for r in rows], [r['val_error'] for r in rows]])
    return rows[order[0]]
