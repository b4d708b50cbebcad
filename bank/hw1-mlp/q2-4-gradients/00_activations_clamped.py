# misconception: You clamp the activations. Where they are smaller than the bound, the gradients are wrong.
def mlp_gradients(W1, c1, W2, c2, x, y):
    s = torch.sigmoid(W1 @ x + c1).clamp(1e-7, 1 - 1e-7)
    delta = torch.softmax(W2 @ s + c2, dim=0) - y
    epsilon = (W2.T @ delta) * s * (1 - s)
    return torch.outer(epsilon, x), epsilon, torch.outer(delta, s), delta
