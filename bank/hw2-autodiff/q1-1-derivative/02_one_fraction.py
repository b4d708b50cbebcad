def my_derivative(x):
    c = x**3
    root = (2 + c + torch.log1p(c)) ** 0.5
    return 3 * x * x * (c + 2) * (1 + 2 * root * torch.cos(root * root)) / (2 * (1 + c) * root)
