# misconception: T is 2.81 here.
M0 = create_symmetric_invertible_matrix(5)
module_2d = MatmulSofttMatmulinv(1.0, M0)
g_2d = module_2d(x_2d)
