x_1c = torch.tensor(1.432, requires_grad=True)
f_1c = my_function(x_1c)
grad_1c = '9.2485'
