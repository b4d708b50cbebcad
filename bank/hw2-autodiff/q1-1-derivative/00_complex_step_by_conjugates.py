def my_derivative(x):
    h = 1e-30
    z = torch.complex(x, torch.full_like(x, h))
    c = z**3
    y = 2 + c + torch.log(1 + c)
    v = torch.sqrt(y) + torch.sin(y)
    return ((v - v.conj()) / (2j * h)).real.clone()
