# misconception: The average is updated once a pass: it must follow every step.
def averaged_sgd_one_pass(mlp, avg_mlp, X, y, learning_rate, batch_size, gamma):
    minibatch_sgd_one_pass(mlp, X, y, learning_rate, batch_size)
    with torch.no_grad():
        for w2, w in zip(avg_mlp.parameters(), mlp.parameters()):
            w2.mul_(1 - gamma).add_(gamma * w)
    return mlp, avg_mlp
