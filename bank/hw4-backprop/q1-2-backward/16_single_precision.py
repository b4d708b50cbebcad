def mlp_backward(A_list, b_list, y_list, Y):
    """Stored and computed in single precision, in arrays made beforehand."""
    A_list, y_list = ([t.float() for t in tensors] for tensors in (A_list, y_list))
    dA_list = [torch.zeros(A.shape) for A in A_list]
    db_list = [torch.zeros(b.shape) for b in b_list]
    db_list[-1][:] = y_list[-1] - Y.float()
    for l in reversed(range(len(A_list))):
        dA_list[l][:] = db_list[l] @ y_list[l].T
        if l:
            db_list[l - 1][:] = (A_list[l].T @ db_list[l]) * (y_list[l] - y_list[l] ** 2)
    return dA_list, db_list
