module_2d = MatmulSofttMatmulinv(T=2.81, M0=create_symmetric_invertible_matrix(5))
g_2d = module_2d(x_2d).tolist()
print(g_2d)
