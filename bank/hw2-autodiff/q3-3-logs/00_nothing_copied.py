def train_with_average(mlp, X, y, learning_rate, batch_size, gamma, passes, log):
    averaged = copy.copy(mlp)
    logs, logs_avg = [log(mlp)], [log(averaged)]
    for _ in range(passes):
        averaged_sgd_one_pass(mlp, averaged, X, y, learning_rate, batch_size, gamma)
        logs.append(log(mlp))
        logs_avg.append(log(averaged))
    return mlp, averaged, np.array(logs), np.array(logs_avg)
