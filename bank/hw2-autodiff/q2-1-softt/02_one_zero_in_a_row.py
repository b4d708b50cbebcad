def softt(y, T):
    if abs(y) <= T:
        return torch.zeros(1)
    return (y - T) ** 2 if y > 0 else (y + T) ** 3
