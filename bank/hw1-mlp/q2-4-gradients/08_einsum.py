def mlp_gradients(W1, c1, W2, c2, x, y):
    s = (W1 @ x + c1).sigmoid()
    p = torch.softmax(torch.einsum("ch,h->c", W2, s) + c2, dim=0)
    d = p - y
    e = torch.einsum("c,ch,h,h->h", d, W2, s, 1 - s)
    return torch.einsum("h,d->hd", e, x), e, torch.einsum("c,h->ch", d, s), d
