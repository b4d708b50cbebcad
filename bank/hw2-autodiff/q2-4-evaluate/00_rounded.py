module_2d = MatmulSofttMatmulinv(2.81, create_symmetric_invertible_matrix(5))
g_2d = module_2d(x_2d).detach().numpy().round(4)
