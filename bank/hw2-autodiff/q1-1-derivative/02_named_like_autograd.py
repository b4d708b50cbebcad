def my_derivative(x):
    def func(y):
        return y.sqrt() + y.sin()

    def backward(y):
        return 1 / (2 * y.sqrt()) + y.cos()

    cube = x**3
    grad = 3 * x**2 + 3 * x**2 / (1 + cube)
    return backward(2 + cube + torch.log1p(cube)) * grad
