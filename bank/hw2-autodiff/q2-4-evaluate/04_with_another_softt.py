def softt(y, T):  # a mistake in 2.1 costs once
    return torch.where(y > T, (y - T) ** 2, torch.where(y < -T, (y + T) ** 2, 0 * y))


module_2d = MatmulSofttMatmulinv(2.81, create_symmetric_invertible_matrix(5))
g_2d = module_2d(x_2d)
