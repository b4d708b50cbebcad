def my_function(x):
    y = 2 + x**3 + torch.log(1 + x**3)
    return (torch.sqrt(y) + torch.sin(y)).squeeze()
