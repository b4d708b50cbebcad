def train_with_average(mlp, X, y, learning_rate, batch_size, gamma, passes, log):
    trained = copy.deepcopy(mlp)
    averaged = copy.deepcopy(mlp)
    logs, logs_avg = [compute_logs(trained)], [compute_logs(averaged)]
    for _ in range(passes):
        averaged_sgd_one_pass(trained, averaged, X, y, learning_rate, batch_size, gamma)
        logs.append(compute_logs(trained))
        logs_avg.append(compute_logs(averaged))
    return trained, averaged, np.array(logs), np.array(logs_avg)
