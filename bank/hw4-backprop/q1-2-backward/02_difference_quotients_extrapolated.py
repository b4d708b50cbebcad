def mlp_backward(A_list, b_list, y_list, Y):
    A, b = ([t.double().clone() for t in side] for side in (A_list, b_list))

    def loss():
        y = y_list[0].double()
        for l, (M, c) in enumerate(zip(A, b), 1):
            y = M @ y + c
            y = y if l == len(A) else 1 / (1 + torch.exp(-y))
        return float(((y - Y) ** 2).sum()) / 2

    def slope(tensor, place, h):
        value = tensor[place].item()
        tensor[place] = value + h
        above = loss()
        tensor[place] = value - h
        below = loss()
        tensor[place] = value
        return (above - below) / (2 * h)

    def gradient(tensor, like):
        g = torch.empty_like(tensor)
        for place in itertools.product(*map(range, tensor.shape)):
            d = [slope(tensor, place, 0.04 / 2**k) for k in range(4)]
            for k in range(1, 4):
                d = [(4**k * fine - coarse) / (4**k - 1) for coarse, fine in itertools.pairwise(d)]
            g[place] = d[0]
        return g.to(like.dtype)

    return [gradient(t, like) for t, like in zip(A, A_list)], [gradient(t, like) for t, like in zip(b, b_list)]
