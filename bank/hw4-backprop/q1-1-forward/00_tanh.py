# misconception: The hidden layers use the sigmoid, yours another activation.
def mlp_forward(A_list, b_list, X):
    y_list = [X]
    for A, b in zip(A_list[:-1], b_list[:-1]):
        y_list.append(torch.tanh(A @ y_list[-1] + b))
    y_list.append(A_list[-1] @ y_list[-1] + b_list[-1])
    return y_list
