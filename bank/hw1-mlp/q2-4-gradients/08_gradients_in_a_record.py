from types import SimpleNamespace


def mlp_gradients(W1, c1, W2, c2, x, y):
    hidden, output = SimpleNamespace(), SimpleNamespace()
    hidden.out = torch.sigmoid(W1 @ x + c1)
    output.out = torch.softmax(W2 @ hidden.out + c2, dim=0)
    output.grad = output.out - y
    hidden.grad = (output.grad @ W2) * hidden.out * (1 - hidden.out)
    return torch.outer(hidden.grad, x), hidden.grad, torch.outer(output.grad, hidden.out), output.grad
