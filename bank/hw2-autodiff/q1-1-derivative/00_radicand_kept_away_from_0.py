def my_derivative(x):
    cube = x**3
    y = 2 + cube + torch.log(1 + cube)
    inner = 3 * x**2 * (1 + 1 / (1 + cube))
    return inner / (2 * y.clamp(min=0.05).sqrt()) + inner * y.cos()
