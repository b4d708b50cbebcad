def mlp_forward(A_list, b_list, X):
    ys = [X]
    for l, (A, b) in enumerate(zip(A_list, b_list)):
        t = A @ ys[-1] + b
        ys.append(torch.sigmoid(t.clamp(-15, 15)) if l < len(A_list) - 1 else t)
    return ys
