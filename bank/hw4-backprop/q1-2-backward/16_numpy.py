def mlp_backward(A_list, b_list, y_list, Y):
    A, y = [a.numpy() for a in A_list], [v.numpy() for v in y_list]
    delta = y[-1] - Y.numpy()
    dA, db = [delta @ y[-2].T], [delta]
    for l in range(len(A) - 1, 0, -1):
        delta = (A[l].T @ delta) * y[l] * (1 - y[l])
        dA.insert(0, delta @ y[l - 1].T)
        db.insert(0, delta)
    return [torch.from_numpy(a) for a in dA], [torch.from_numpy(v) for v in db]
