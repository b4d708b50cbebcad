# misconception: x_2d has float64, and the given matrix, too: a float32 module cannot take it.
module_2d = MatmulSofttMatmulinv(2.81, create_symmetric_invertible_matrix(5).float())
g_2d = module_2d(x_2d.float())
print(g_2d)
