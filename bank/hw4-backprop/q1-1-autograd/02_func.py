# By functional differentiation.
def autograd_gradients(A_list, b_list, X, Y):
    def loss(As, bs):
        return 0.5 * ((mlp_forward(As, bs, X)[-1] - Y) ** 2).sum()
    return torch.func.grad(loss, argnums=(0, 1))(list(A_list), list(b_list))
