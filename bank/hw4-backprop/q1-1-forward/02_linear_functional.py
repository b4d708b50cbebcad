def linear(A, b):
    return lambda row: F.linear(row, A, b.flatten())


def mlp_forward(A_list, b_list, X):
    columns = [X]
    for number, (A, b) in enumerate(zip(A_list, b_list), start=1):
        z = linear(A, b)(columns[-1].T).T
        columns.append(z if number == len(A_list) else z.sigmoid())
    return columns
