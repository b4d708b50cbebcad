# misconception: a seed before every pass makes all passes draw the same batches
def train_with_average(mlp, X, y, learning_rate, batch_size, gamma, passes, log):
    trained, averaged = copy.deepcopy(mlp), copy.deepcopy(mlp)
    logs, logs_avg = [log(trained)], [log(averaged)]
    for _ in range(passes):
        np.random.seed(0)
        averaged_sgd_one_pass(trained, averaged, X, y, learning_rate, batch_size, gamma)
        logs.append(log(trained))
        logs_avg.append(log(averaged))
    return trained, averaged, np.array(logs), np.array(logs_avg)
