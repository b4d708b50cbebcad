# misconception: The result is made anew with torch.tensor: it has the right value and no connection to y.
def softt(y, T):
    values = [(v - T) ** 2 if v > T else (v + T) ** 3 if v < -T else 0.0 for v in y.detach().reshape(-1).tolist()]
    return torch.tensor(values, dtype=y.dtype).reshape(y.shape)
