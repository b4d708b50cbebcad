# misconception: The derivative of the root is 1/(2√y): the factor ½ is missing.
def my_derivative(x):
    y = 2 + x**3 + torch.log(1 + x**3)
    dy = 3 * x**2 + 3 * x**2 / (1 + x**3)
    return dy / torch.sqrt(y) + torch.cos(y) * dy
