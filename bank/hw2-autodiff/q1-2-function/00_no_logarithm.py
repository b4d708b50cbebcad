# misconception: The logarithm is missing inside.
def my_function(x):
    y = 2 + x**3
    return torch.sqrt(y) + torch.sin(y)
