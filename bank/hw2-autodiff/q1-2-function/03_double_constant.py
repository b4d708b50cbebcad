def my_function(x):
    cube = x**3
    y = cube + torch.log(1 + cube) + torch.tensor(2.0, dtype=torch.float64)
    return torch.sqrt(y) + torch.sin(y)
