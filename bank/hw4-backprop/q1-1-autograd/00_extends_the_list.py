# misconception: A_list holds the biases, too, after the call: += extends the list that was passed.
def autograd_gradients(A_list, b_list, X, Y):
    L = len(A_list)
    A_copies = [A.clone().requires_grad_() for A in A_list]
    b_copies = [b.clone().requires_grad_() for b in b_list]
    loss = 0.5 * (mlp_forward(A_copies, b_copies, X)[-1] - Y) ** 2
    A_list += b_list
    gradients = torch.autograd.grad(loss.sum(), A_copies + b_copies)
    return list(gradients[:L]), list(gradients[L:])
