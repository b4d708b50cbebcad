def train_with_average(mlp, X, y, learning_rate, batch_size, gamma, passes, log):
    """Train a copy of mlp for `passes` passes with its average; (trained, averaged, logs, logs_avg)."""
    trained, averaged = copy.deepcopy(mlp), copy.deepcopy(mlp)
    logs, logs_avg = [tuple(log(trained))], [tuple(log(averaged))]
    for _ in range(passes):
        averaged_sgd_one_pass(trained, averaged, X, y, learning_rate, batch_size, gamma)
        logs.append(tuple(log(trained)))
        logs_avg.append(tuple(log(averaged)))
        if not all(math.isfinite(number) for number in logs[-1]):
            break  # diverged: further passes are a waste
    return trained, averaged, logs, logs_avg
