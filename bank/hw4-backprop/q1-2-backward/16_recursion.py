def mlp_backward(A_list, b_list, y_list, Y):
    L = len(A_list)

    def delta(l):
        if l == L:
            return y_list[L] - Y
        return A_list[l].T @ delta(l + 1) * y_list[l] * (1 - y_list[l])

    deltas = tuple(delta(l) for l in range(1, L + 1))
    return tuple(d @ y.T for d, y in zip(deltas, y_list)), deltas
