def softt_derivative(y, T, h=1e-5):
    y = y.detach()
    return (softt(y + h, T) - softt(y - h, T)) / (2 * h)
