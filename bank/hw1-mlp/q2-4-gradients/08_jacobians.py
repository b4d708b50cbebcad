def mlp_gradients(W1, c1, W2, c2, x, y):
    s = torch.sigmoid(W1 @ x + c1)
    p = torch.softmax(W2 @ s + c2, dim=0)
    dl_dp = -y / p
    dp_dz = torch.diag(p) - torch.outer(p, p)
    dz = dl_dp @ dp_dz
    da = dz @ W2 @ torch.diag(s * (1 - s))
    return da[:, None] @ x[None, :], da, dz[:, None] @ s[None, :], dz
