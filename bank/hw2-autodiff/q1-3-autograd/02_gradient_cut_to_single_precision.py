x_1c = torch.tensor(1.432, dtype=torch.float64, requires_grad=True)
f_1c = my_function(x_1c)
grad_1c = torch.autograd.grad(f_1c, x_1c)[0].float()
