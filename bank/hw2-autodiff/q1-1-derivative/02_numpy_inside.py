def my_derivative(x):
    v = x.numpy()
    y = 2 + v**3 + np.log(1 + v**3)
    return torch.as_tensor((1 / (2 * np.sqrt(y)) + np.cos(y)) * 3 * v**2 * (1 + 1 / (1 + v**3)), dtype=x.dtype)
