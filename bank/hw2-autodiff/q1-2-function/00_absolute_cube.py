def my_function(x):
    cube = x.square().sqrt() * x.square()
    y = 2 + cube + torch.log1p(cube)
    return torch.sqrt(y) + torch.sin(y)
