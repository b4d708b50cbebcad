# misconception: The gradient is twice too large: .grad adds up over two backward passes.
x_1c = torch.tensor(1.432, requires_grad=True)
f_1c = my_function(x_1c)
f_1c.backward(retain_graph=True)
f_1c.backward()
grad_1c = x_1c.grad
