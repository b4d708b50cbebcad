def softt(y, T):
    return torch.where(y.abs() <= T, torch.zeros_like(y), torch.where(y > 0, (y - T) ** 2, (y + T) ** 3))
