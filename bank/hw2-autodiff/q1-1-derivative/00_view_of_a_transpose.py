def my_derivative(x):
    t = x.view(-1)
    c = t**3
    y = 2 + c + torch.log(1 + c)
    return (3 * t**2 * (1 + 1 / (1 + c)) * (0.5 / torch.sqrt(y) + torch.cos(y))).view(x.shape)
