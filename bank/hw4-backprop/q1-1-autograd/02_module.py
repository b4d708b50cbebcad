def autograd_gradients(A_list, b_list, X, Y):
    layers = []
    for A, b in zip(A_list, b_list):
        linear = nn.utils.skip_init(nn.Linear, A.shape[1], A.shape[0], dtype=A.dtype)
        with torch.no_grad():
            linear.weight.copy_(A)
            linear.bias.copy_(b[:, 0])
        layers += [linear, nn.Sigmoid()]
    net = nn.Sequential(*layers[:-1])
    F.mse_loss(net(X.mT), Y.mT, reduction="sum").div(2).backward()
    linears = [m for m in net if isinstance(m, nn.Linear)]
    return [m.weight.grad for m in linears], [m.bias.grad.unsqueeze(1) for m in linears]
