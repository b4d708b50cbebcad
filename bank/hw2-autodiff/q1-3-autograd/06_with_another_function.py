def my_function(x):  # a mistake in 1.2 costs once
    y = 2 + x**3 + torch.log10(1 + x**3)
    return torch.sqrt(y) + torch.sin(y)


x_1c = torch.tensor(1.432, requires_grad=True)
f_1c = my_function(x_1c)
grad_1c = torch.autograd.grad(f_1c, x_1c)[0]
