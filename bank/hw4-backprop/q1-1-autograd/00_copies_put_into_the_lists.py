def autograd_gradients(A_list, b_list, X, Y):
    for place in range(len(A_list)):
        A_list[place] = A_list[place].clone().requires_grad_()
        b_list[place] = b_list[place].clone().requires_grad_()
    loss = 0.5 * (mlp_forward(A_list, b_list, X)[-1] - Y) ** 2
    loss.sum().backward()
    return [A.grad for A in A_list], [b.grad for b in b_list]
