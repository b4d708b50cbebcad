def softt_derivative(y, T):
    y = y.detach()
    if y > T:
        return 2 * (y - T)
    return 3 * (y + T) ** 2 if y < -T else 0 * y
