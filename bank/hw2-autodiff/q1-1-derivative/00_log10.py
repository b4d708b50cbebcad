# misconception: That is the logarithm to base 10; the natural one is meant.
def my_derivative(x):
    y = 2 + x**3 + torch.log10(1 + x**3)
    dy = 3 * x**2 + 3 * x**2 / (1 + x**3)
    return dy / (2 * torch.sqrt(y)) + torch.cos(y) * dy
