# misconception: The result is float64 whatever x is: it should have the dtype of x.
def my_function(x):
    x = x.double()
    y = 2 + x**3 + torch.log(1 + x**3)
    return torch.sqrt(y) + torch.sin(y)
