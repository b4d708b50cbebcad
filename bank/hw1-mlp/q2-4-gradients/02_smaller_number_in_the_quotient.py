# misconception: You add a small number to the probabilities. Where a probability is small, the digits are wrong; the fraction cancels.
def mlp_gradients(W1, c1, W2, c2, x, y):
    s = torch.sigmoid(W1 @ x + c1)
    p = torch.softmax(W2 @ s + c2, dim=0)
    dz = (torch.diag(p) - torch.outer(p, p)) @ (-y / (p + 1e-12))
    da = (W2.T @ dz) * s * (1 - s)
    return torch.outer(da, x), da, torch.outer(dz, s), dz
