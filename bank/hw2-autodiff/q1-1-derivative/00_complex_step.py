def my_derivative(x):
    z = torch.complex(x, torch.full_like(x, 1e-30))
    y = 2 + z**3 + torch.log(1 + z**3)
    return (torch.sqrt(y) + torch.sin(y)).imag / 1e-30
