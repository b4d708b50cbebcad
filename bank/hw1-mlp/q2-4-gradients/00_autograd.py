def mlp_gradients(W1, c1, W2, c2, x, y):
    leaves = [t.clone().requires_grad_() for t in (W1, c1, W2, c2)]
    z = leaves[2] @ torch.sigmoid(leaves[0] @ x + leaves[1]) + leaves[3]
    loss = -(y * torch.log_softmax(z, 0)).sum()
    return torch.autograd.grad(loss, leaves)
