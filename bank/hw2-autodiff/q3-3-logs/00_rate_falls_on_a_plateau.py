def train_with_average(mlp, X, y, learning_rate, batch_size, gamma, passes, log):
    trained, averaged = copy.deepcopy(mlp), copy.deepcopy(mlp)
    logs, logs_avg = [log(trained)], [log(averaged)]
    best, waited = logs[0][0], 0
    for _ in range(passes):
        averaged_sgd_one_pass(trained, averaged, X, y, learning_rate, batch_size, gamma)
        logs.append(log(trained))
        logs_avg.append(log(averaged))
        waited = 0 if logs[-1][0] < best else waited + 1
        best = min(best, logs[-1][0])
        if waited == 15:
            learning_rate, waited = learning_rate / 2, 0
    return trained, averaged, np.array(logs), np.array(logs_avg)
