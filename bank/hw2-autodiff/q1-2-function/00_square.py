# misconception: The power is 3, yours 2.
def my_function(x):
    y = 2 + x**2 + torch.log(1 + x**2)
    return torch.sqrt(y) + torch.sin(y)
