# misconception: The root goes over the whole sum, the logarithm included.
def my_function(x):
    y = 2 + x**3 + torch.log(1 + x**3)
    return torch.sqrt(2 + x**3) + torch.log(1 + x**3) + torch.sin(y)
