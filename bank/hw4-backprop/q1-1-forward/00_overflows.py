def mlp_forward(A_list, b_list, X):
    ys = [X]
    for l, (A, b) in enumerate(zip(A_list, b_list)):
        t = A @ ys[-1] + b
        ys.append(t if l == len(A_list) - 1 else torch.exp(t) / (1 + torch.exp(t)))
    return ys
