def mlp_gradients(W1, c1, W2, c2, x, y):
    s = torch.sigmoid(W1 @ x + c1)
    e = torch.exp(W2 @ s + c2)
    delta = e / e.sum() - y
    dW2, dW1, dc1 = torch.zeros_like(W2), torch.zeros_like(W1), torch.zeros_like(c1)
    for c in range(len(delta)):
        for h in range(len(s)):
            dW2[c, h] = delta[c] * s[h]
            dc1[h] += W2[c, h] * delta[c] * s[h] * (1 - s[h])
    for h in range(len(s)):
        dW1[h] = dc1[h] * x
    return dW1, dc1, dW2, delta
