def train_with_average(mlp, X, y, learning_rate, batch_size, gamma, passes, log):
    import pickle
    trained, averaged = pickle.loads(pickle.dumps(mlp)), pickle.loads(pickle.dumps(mlp))
    averaged.load_state_dict(mlp.state_dict())
    logs, logs_avg = np.empty((passes + 1, 4)), np.empty((passes + 1, 4))
    logs[0], logs_avg[0] = log(trained), log(averaged)
    for k in range(1, passes + 1):
        averaged_sgd_one_pass(trained, averaged, X, y, learning_rate, batch_size, gamma)
        logs[k], logs_avg[k] = log(trained), log(averaged)
    return trained, averaged, logs, logs_avg
