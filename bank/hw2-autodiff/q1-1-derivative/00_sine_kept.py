# misconception: The sine is still there: its derivative is the cosine.
def my_derivative(x):
    y = 2 + x**3 + torch.log(1 + x**3)
    dy = 3 * x**2 + 3 * x**2 / (1 + x**3)
    return dy / (2 * torch.sqrt(y)) + torch.sin(y) * dy
