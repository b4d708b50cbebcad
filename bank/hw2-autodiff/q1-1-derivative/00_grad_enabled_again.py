def my_derivative(x):
    with torch.inference_mode(False), torch.enable_grad():
        x = x.clone().requires_grad_()
        y = 2 + x**3 + torch.log(1 + x**3)
        (torch.sqrt(y) + torch.sin(y)).sum().backward()
    return x.grad
