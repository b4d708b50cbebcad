# misconception: No layer has an activation: without the sigmoid the network is one affine map.
def mlp_forward(A_list, b_list, X):
    y_list = [X]
    for A, b in zip(A_list[:-1], b_list[:-1]):
        y_list.append(A @ y_list[-1] + b)
    y_list.append(A_list[-1] @ y_list[-1] + b_list[-1])
    return y_list
