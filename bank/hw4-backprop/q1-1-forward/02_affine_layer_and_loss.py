def loss(out, Y):
    return 0.5 * ((out - Y) ** 2).sum()


def layer(A, b, y, last: bool):
    z = torch.einsum("ij,jk->ik", A, y) + b
    return z if last else F.sigmoid(z)


def mlp_forward(A_list: list, b_list: list, X: torch.Tensor) -> tuple:
    y = (X,)
    for A, b in zip(A_list, b_list):
        y += (layer(A, b, y[-1], last=len(y) == len(A_list)),)
    return y
