def mlp_forward(A_list, b_list, X):
    if len(A_list) == 1:
        return [X, A_list[0] @ X + b_list[0]]
    return [X, *mlp_forward(A_list[1:], b_list[1:], torch.sigmoid(A_list[0] @ X + b_list[0]))]
