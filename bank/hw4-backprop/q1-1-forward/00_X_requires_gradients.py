# misconception: X itself requires gradients afterwards; a forward pass changes nothing about its arguments.
def mlp_forward(A_list, b_list, X):
    ys = [X.requires_grad_()]
    for A, b in zip(A_list[:-1], b_list[:-1]):
        ys.append(torch.sigmoid(A @ ys[-1] + b))
    return [y.detach() for y in ys + [A_list[-1] @ ys[-1] + b_list[-1]]]
