# misconception: The inner derivative is missing: by the chain rule the outer one is multiplied by it.
def my_derivative(x):
    y = 2 + x**3 + torch.log(1 + x**3)
    dy = 1
    return dy / (2 * torch.sqrt(y)) + torch.cos(y) * dy
