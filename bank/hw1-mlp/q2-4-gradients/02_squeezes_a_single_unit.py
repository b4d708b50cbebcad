# misconception: `squeeze` also takes away an axis of length 1 that belongs there: name the axis.
def mlp_gradients(W1, c1, W2, c2, x, y):
    s = torch.sigmoid(W1 @ x[:, None] + c1[:, None])
    delta = torch.softmax(W2 @ s + c2[:, None], dim=0) - y[:, None]
    epsilon = (W2.T @ delta) * s * (1 - s)
    return epsilon @ x[None], epsilon.squeeze(), delta @ s.T, delta.squeeze()
