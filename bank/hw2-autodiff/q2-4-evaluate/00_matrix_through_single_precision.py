M0 = create_symmetric_invertible_matrix(5).float().double()
module_2d = MatmulSofttMatmulinv(2.81, M0)
g_2d = module_2d(x_2d)
