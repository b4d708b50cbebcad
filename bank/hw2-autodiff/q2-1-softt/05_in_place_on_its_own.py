def softt(y, T):
    result = torch.zeros_like(y)
    result[y > T] = (y[y > T] - T) ** 2
    result[y < -T] = (y[y < -T] + T) ** 3
    return result
