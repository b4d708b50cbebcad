def my_derivative(x):
    cube = x.clone()
    cube.pow_(3)
    y = cube.add(2).add_(torch.log1p(cube))
    outer = y.sqrt().mul_(2).reciprocal_().add_(y.cos())
    return outer.mul_(3 * x**2).mul_(1 + 1 / (1 + cube))
