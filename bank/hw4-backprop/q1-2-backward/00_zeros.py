def mlp_backward(A_list, b_list, y_list, Y):
    return [torch.zeros_like(A) for A in A_list], [torch.zeros_like(v) for v in b_list]
