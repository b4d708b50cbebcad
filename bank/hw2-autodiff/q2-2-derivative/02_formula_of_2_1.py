def softt_derivative(y, T):
    t = y.detach()
    return 2 * F.relu(t - T) + 3 * F.relu(-t - T) ** 2
