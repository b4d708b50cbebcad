def my_derivative(x):
    square = x * x
    x *= square
    y = 2 + x + torch.log(1 + x)
    return (0.5 / torch.sqrt(y) + torch.cos(y)) * 3 * square * (1 + 1 / (1 + x))
