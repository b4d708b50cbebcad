# misconception: In the derivative of the sigmoid, the input stands where the output belongs.
def mlp_gradients(W1, c1, W2, c2, x, y):
    a = W1 @ x + c1
    s = torch.sigmoid(a)
    delta = torch.softmax(W2 @ s + c2, dim=0) - y
    dc1 = (W2.T @ delta) * a * (1 - a)
    return torch.outer(dc1, x), dc1, torch.outer(delta, s), delta
