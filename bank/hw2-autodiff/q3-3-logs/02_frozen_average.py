def train_with_average(mlp, X, y, learning_rate, batch_size, gamma, passes, log):
    trained, averaged = copy.deepcopy(mlp), copy.deepcopy(mlp).requires_grad_(False)
    rows = torch.full((2, passes + 1, 4), torch.nan, dtype=torch.float64)

    def note(k):
        rows[1, k] = torch.tensor(log(averaged))
        rows[0, k] = torch.tensor(log(trained))

    note(0)
    for k in range(1, passes + 1):
        trained, averaged = averaged_sgd_one_pass(
            trained, averaged, X, y, gamma=gamma, learning_rate=learning_rate, batch_size=batch_size
        )
        note(k)
    return trained, averaged, *rows
