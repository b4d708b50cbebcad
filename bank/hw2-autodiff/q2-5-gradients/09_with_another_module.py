class MatmulSofttMatmulinv(nn.Module):  # a mistake in 2.3 costs once
    def __init__(self, T, M0):
        super().__init__()
        self.T, self.M = T, nn.Parameter(M0)

    def forward(self, x):
        return self.M.T @ softt(self.M @ x, self.T)


module_2d = MatmulSofttMatmulinv(2.81, create_symmetric_invertible_matrix(5))


def phi_gradients(module, x):
    x = x.detach().requires_grad_(True)
    return torch.autograd.grad(torch.linalg.vector_norm(x - module(x)).square(), [x, module.M])


grad_x, grad_M = phi_gradients(module_2d, x_2d)
