def autograd_gradients(A_list, b_list, X, Y):
    L = len(A_list)

    def loss(*parameters):
        y_L = mlp_forward(parameters[:L], parameters[L:], X)[-1]
        return torch.linalg.vector_norm(y_L - Y) ** 2 / 2

    gradients = torch.autograd.functional.jacobian(loss, (*A_list, *b_list), vectorize=True)
    return list(gradients[:L]), list(gradients[L:])
