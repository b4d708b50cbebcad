def train_with_average(mlp, X, y, learning_rate, batch_size, gamma, passes, log):
    trained, averaged = copy.deepcopy(mlp), copy.deepcopy(mlp)
    X, y = X.flip(0), y.flip(0)
    logs, logs_avg = [log(trained)], [log(averaged)]
    for _ in range(passes):
        averaged_sgd_one_pass(trained, averaged, X, y, learning_rate, batch_size, gamma)
        logs.append(log(trained))
        logs_avg.append(log(averaged))
    return trained, averaged, logs, logs_avg
