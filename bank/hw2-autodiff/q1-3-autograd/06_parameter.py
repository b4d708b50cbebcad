x_1c = nn.Parameter(torch.tensor(1.432))
f_1c = my_function(x_1c)
f_1c.backward()
grad_1c = x_1c.grad.item()
