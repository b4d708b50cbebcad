# misconception: The outer products are turned: each gradient has the shape of its parameter.
def mlp_gradients(W1, c1, W2, c2, x, y):
    s = torch.sigmoid(W1 @ x + c1)
    delta = torch.softmax(W2 @ s + c2, 0) - y
    eps = (W2.T @ delta) * s * (1 - s)
    return torch.outer(x, eps), eps, torch.outer(s, delta), delta
