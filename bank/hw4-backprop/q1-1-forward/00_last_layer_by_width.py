# misconception: The last layer is recognised by its single output; a hidden layer may have one unit, too.
def mlp_forward(A_list, b_list, X):
    y_list = [X]
    for A, b in zip(A_list, b_list):
        z = A @ y_list[-1] + b
        y_list.append(z if A.shape[0] == 1 else torch.sigmoid(z))
    return y_list
