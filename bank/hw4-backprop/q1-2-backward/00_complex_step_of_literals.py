def mlp_backward(A_list, b_list, y_list, Y):
    h = 1e-30
    A, b = [np.asarray(a) for a in A_list], [np.asarray(t) for t in b_list]
    x, target = np.asarray(y_list[0]), np.asarray(Y)

    def loss(A, b):
        y = x
        for l in range(len(A)):
            y = A[l] @ y + b[l]
            if l < len(A) - 1:
                y = 1 / (1 + np.exp(-y))
        return 0.5 * ((y - target) ** 2).sum()

    def slopes(values, which):
        out = []
        for l, v in enumerate(values):
            g = np.zeros(v.shape)
            for place in np.ndindex(*v.shape):
                moved = v + 0j
                moved[place] += h * 1j
                lists = {"A": list(A), "b": list(b)}
                lists[which][l] = moved
                g[place] = np.array([loss(lists["A"], lists["b"])]).view(np.float64)[1] / h
            out.append(g)
        return out

    return slopes(A, "A"), slopes(b, "b")
