def my_function(x):
    cube = x * x * x
    inner = torch.add(cube, torch.log(cube + 1)) + 2.0
    return torch.sin(inner).add(torch.sqrt(inner))
