x_1c = torch.tensor(1.432)
f_1c = my_function(x_1c)
point, h = x_1c.double(), 1e-5
grad_1c = ((my_function(point + h) - my_function(point - h)) / (2 * h)).item()
print("f(1.432)  =", f_1c.item())
print("f'(1.432) =", grad_1c)
