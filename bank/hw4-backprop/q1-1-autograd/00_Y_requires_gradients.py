# misconception: Y is asked for gradients, too, and keeps them.
def autograd_gradients(A_list, b_list, X, Y):
    A, b = ([t.clone().requires_grad_() for t in side] for side in (A_list, b_list))
    Y.requires_grad_()
    loss = 0.5 * ((mlp_forward(A, b, X)[-1] - Y) ** 2).sum()
    loss.backward()
    return [t.grad for t in A], [t.grad for t in b]
