def forward(W, b, v):
    return W.mv(v).add(b)


def backward(upstream, v):
    return upstream.reshape(-1, 1) * v.reshape(1, -1), upstream.clone()


def mlp_gradients(W1, c1, W2, c2, x, y):
    a = forward(W1, c1, x)
    s = torch.exp(a) / (torch.exp(a) + 1)
    z = forward(W2, c2, s)
    p = (z - z.max()).exp()
    dW2, dc2 = backward(p / p.sum() - y, s)
    dW1, dc1 = backward(dc2.matmul(W2).mul(torch.exp(-a) / (1 + torch.exp(-a)) ** 2), x)
    return [dW1, dc1, dW2, dc2]
