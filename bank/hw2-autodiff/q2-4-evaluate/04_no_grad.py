module_2d = MatmulSofttMatmulinv(T=2.81, M0=create_symmetric_invertible_matrix(dimension=5, seed=0))
with torch.no_grad():
    g_2d = module_2d.forward(x_2d)
