def mlp_forward(A_list, b_list, X):
    y_list = [X.clone()]
    for number in range(len(A_list)):
        z = A_list[number].matmul(y_list[number])
        z += b_list[number]
        if number + 1 != len(A_list):
            z.sigmoid_()
        y_list += [z]
    return y_list
