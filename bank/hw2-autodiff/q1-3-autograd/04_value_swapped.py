x_1c = torch.tensor(1.432, requires_grad=True)
grad_1c = torch.autograd.grad(my_function(x_1c), x_1c)[0]
f_1c = grad_1c
