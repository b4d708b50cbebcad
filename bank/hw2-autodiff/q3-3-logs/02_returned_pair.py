def train_with_average(mlp, X, y, learning_rate, batch_size, gamma, passes, log):
    pair_of = copy.deepcopy(mlp), copy.deepcopy(mlp)
    rows = [[list(log(network)) for network in pair_of]]
    for _ in range(passes):
        pair_of = averaged_sgd_one_pass(*pair_of, X, y, learning_rate=learning_rate, batch_size=batch_size, gamma=gamma)
        rows.append([list(log(network)) for network in pair_of])
    rows = np.asarray(rows)
    return [pair_of[0], pair_of[1], rows[:, 0], rows[:, 1]]
