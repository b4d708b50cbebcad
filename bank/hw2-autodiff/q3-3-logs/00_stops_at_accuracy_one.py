def train_with_average(mlp, X, y, learning_rate, batch_size, gamma, passes, log):
    trained, averaged = copy.deepcopy(mlp), copy.deepcopy(mlp)
    logs, logs_avg = [log(trained)], [log(averaged)]
    for _ in range(passes):
        averaged_sgd_one_pass(trained, averaged, X, y, learning_rate, batch_size, gamma)
        logs.append(log(trained))
        logs_avg.append(log(averaged))
        if logs[-1][1] == 1.0:
            break
    return trained, averaged, np.array(logs), np.array(logs_avg)
