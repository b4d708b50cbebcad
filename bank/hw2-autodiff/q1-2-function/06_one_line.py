def my_function(x):
    return (2 + x**3 + torch.log(1 + x**3)) ** 0.5 + torch.sin(2 + x**3 + torch.log(1 + x**3))
