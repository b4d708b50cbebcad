# misconception: The scores are compared with the target; the softmax between them is missing.
def mlp_gradients(W1, c1, W2, c2, x, y):
    s = torch.sigmoid(W1 @ x + c1)
    delta = W2 @ s + c2 - y
    eps = (W2.T @ delta) * s * (1 - s)
    return torch.outer(eps, x), eps, torch.outer(delta, s), delta
