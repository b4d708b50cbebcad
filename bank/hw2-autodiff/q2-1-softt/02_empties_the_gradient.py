def softt(y, T):
    y.grad = None
    if y > T:
        return (y - T) ** 2
    return (y + T) ** 3 if y < -T else torch.zeros_like(y)
