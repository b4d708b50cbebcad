# misconception: The lists are empty after the call: pop takes the layers out of the list that was passed.
def mlp_forward(A_list, b_list, X):
    y_list = [X]
    while A_list:
        z = A_list.pop(0) @ y_list[-1] + b_list.pop(0)
        y_list.append(torch.sigmoid(z) if A_list else z)
    return y_list
