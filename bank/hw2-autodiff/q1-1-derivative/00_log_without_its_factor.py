# misconception: The derivative of the logarithm's argument, 3x², is missing.
def my_derivative(x):
    y = 2 + x**3 + torch.log(1 + x**3)
    dy = 3 * x**2 + 1 / (1 + x**3)
    return dy / (2 * torch.sqrt(y)) + torch.cos(y) * dy
