from decimal import Decimal, getcontext


def mlp_gradients(W1, c1, W2, c2, x, y):
    getcontext().prec = 80
    H, D, C = W1.shape[0], W1.shape[1], W2.shape[0]
    exact = lambda t: [Decimal(v) for v in t.reshape(-1).tolist()]
    parts, u, t = [exact(p) for p in (W1, c1, W2, c2)], exact(x), exact(y)

    def loss(A, b, B, c):
        s = [1 / (1 + (-(sum(A[i * D + j] * u[j] for j in range(D)) + b[i])).exp()) for i in range(H)]
        z = [sum(B[i * H + j] * s[j] for j in range(H)) + c[i] for i in range(C)]
        total = sum(v.exp() for v in z).ln()
        return sum(t[i] * (total - z[i]) for i in range(C))

    step, result = Decimal("1e-25"), []
    for part, like in zip(parts, (W1, c1, W2, c2)):
        slope = []
        for i in range(len(part)):
            kept, part[i] = part[i], part[i] + step
            above, part[i] = loss(*parts), kept - step
            below, part[i] = loss(*parts), kept
            slope.append(float((above - below) / (2 * step)))
        result.append(torch.tensor(slope, dtype=torch.float64).reshape(like.shape))
    return tuple(result)
