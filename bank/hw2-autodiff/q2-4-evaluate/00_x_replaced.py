module_2d = MatmulSofttMatmulinv(2.81, create_symmetric_invertible_matrix(5))
x_2d = torch.randn(5, dtype=torch.float64, requires_grad=True)
g_2d = module_2d(x_2d)
