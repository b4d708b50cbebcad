# misconception: That is the derivative by the probabilities; the softmax's Jacobian is missing.
def mlp_gradients(W1, c1, W2, c2, x, y):
    s = torch.sigmoid(W1 @ x + c1)
    delta = -y / torch.softmax(W2 @ s + c2, 0)
    eps = (W2.T @ delta) * s * (1 - s)
    return torch.outer(eps, x), eps, torch.outer(delta, s), delta
