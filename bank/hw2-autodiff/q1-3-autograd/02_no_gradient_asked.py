x_1c = torch.tensor(1.432)
f_1c = my_function(x_1c)
grad_1c = 0.0
