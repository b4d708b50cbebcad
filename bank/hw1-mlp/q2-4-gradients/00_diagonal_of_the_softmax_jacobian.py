# misconception: Only the diagonal of the softmax's Jacobian is used.
def mlp_gradients(W1, c1, W2, c2, x, y):
    s = torch.sigmoid(W1 @ x + c1)
    p = torch.softmax(W2 @ s + c2, dim=0)
    delta = -y / p * p * (1 - p)
    eps = (W2.T @ delta) * s * (1 - s)
    return torch.outer(eps, x), eps, torch.outer(delta, s), delta
