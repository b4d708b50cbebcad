def train_with_average(mlp, X, y, learning_rate, batch_size, gamma, passes, log):
    networks = [copy.deepcopy(mlp) for _ in range(2)]
    tables = torch.zeros(2, passes + 1, 4, dtype=torch.float64)
    for k in range(passes + 1):
        if k > 0:
            averaged_sgd_one_pass(*networks, X, y, learning_rate, batch_size, gamma)
        for table, network in zip(tables, networks):
            table[k] = torch.tensor(log(network))
    return *networks, *tables
