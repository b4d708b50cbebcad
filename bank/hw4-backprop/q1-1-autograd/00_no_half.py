# misconception: All are twice too large: the loss has a factor ½.
def autograd_gradients(A_list, b_list, X, Y):
    A2 = [A.clone().requires_grad_() for A in A_list]
    b2 = [b.clone().requires_grad_() for b in b_list]
    loss = ((mlp_forward(A2, b2, X)[-1] - Y) ** 2).sum()
    grads = torch.autograd.grad(loss, A2 + b2)
    return list(grads[: len(A2)]), list(grads[len(A2) :])
