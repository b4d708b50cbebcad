def my_function(x):
    y = x**3
    y = y + torch.log1p(y)
    y += 2
    result = torch.sin(y)
    result += y**0.5
    return result
