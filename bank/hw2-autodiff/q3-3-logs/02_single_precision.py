def train_with_average(mlp, X, y, learning_rate, batch_size, gamma, passes, log):
    trained, averaged = (copy.deepcopy(mlp) for _ in range(2))

    def run():
        yield log(trained), log(averaged)
        for _ in range(passes):
            averaged_sgd_one_pass(trained, averaged, X, y, learning_rate, batch_size, gamma)
            yield log(trained), log(averaged)

    logs, logs_avg = zip(*run())
    return trained, averaged, torch.tensor(logs), torch.tensor(logs_avg)
