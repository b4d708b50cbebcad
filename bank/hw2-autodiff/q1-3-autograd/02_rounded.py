x_1c = torch.tensor(1.432, requires_grad=True)
f_1c = my_function(x_1c)
f_1c.backward()
grad_1c = round(x_1c.grad.item(), 2)
