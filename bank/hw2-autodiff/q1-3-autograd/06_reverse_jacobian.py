x_1c = torch.tensor(1.432, dtype=torch.float64)
f_1c = my_function(x_1c).item()
grad_1c = torch.autograd.functional.jacobian(my_function, x_1c)
