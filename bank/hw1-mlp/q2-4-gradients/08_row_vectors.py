def mlp_gradients(W1, c1, W2, c2, x, y):
    s = torch.sigmoid(x[None] @ W1.T + c1)
    delta = (s @ W2.T + c2).softmax(dim=1) - y[None]
    eps = delta @ W2 * s * (1 - s)
    dW1 = (x[:, None] @ eps).T
    dW2 = (s.T @ delta).T
    return dW1, eps[0], dW2, delta[0]
