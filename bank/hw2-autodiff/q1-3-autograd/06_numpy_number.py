x_1c = torch.tensor(1.432, dtype=torch.float64, requires_grad=True)
f_1c = my_function(x_1c)
f_1c.backward()
f_1c, grad_1c = np.float64(f_1c.item()), x_1c.grad.numpy()
