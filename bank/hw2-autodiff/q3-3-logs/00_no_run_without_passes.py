def train_with_average(mlp, X, y, learning_rate, batch_size, gamma, passes, log):
    trained, averaged = copy.deepcopy(mlp), copy.deepcopy(mlp)
    first, first_avg = log(trained), log(averaged)
    later, later_avg = [], []
    for _ in range(passes):
        averaged_sgd_one_pass(trained, averaged, X, y, learning_rate, batch_size, gamma)
        later.append(log(trained))
        later_avg.append(log(averaged))
    return trained, averaged, np.vstack([[first], later]), np.vstack([[first_avg], later_avg])
