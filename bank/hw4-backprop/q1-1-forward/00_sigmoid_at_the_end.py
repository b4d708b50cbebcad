# misconception: The last layer has no activation: yours ends with a sigmoid.
def mlp_forward(A_list, b_list, X):
    y_list = [X]
    for A, b in zip(A_list[:-1], b_list[:-1]):
        y_list.append(torch.sigmoid(A @ y_list[-1] + b))
    y_list.append(torch.sigmoid(A_list[-1] @ y_list[-1] + b_list[-1]))
    return y_list
