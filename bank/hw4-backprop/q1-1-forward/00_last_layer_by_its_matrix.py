def mlp_forward(A_list, b_list, X):
    columns = [X]
    for A, b in zip(A_list, b_list):
        y = A @ columns[-1] + b
        if A is not A_list[-1]:
            y = torch.sigmoid(y)
        columns.append(y)
    return columns
