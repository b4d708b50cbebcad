# misconception: for negative x the derivative is not 0
def my_derivative(x):
    x = x.clamp(min=0)
    y = 2 + x**3 + torch.log(1 + x**3)
    return (0.5 / torch.sqrt(y) + torch.cos(y)) * 3 * x**2 * (1 + 1 / (1 + x**3))
