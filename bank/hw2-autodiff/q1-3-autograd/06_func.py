x_1c = torch.tensor(1.432)
f_1c = my_function(x_1c).item()
grad_1c = torch.func.grad(my_function)(x_1c).item()
