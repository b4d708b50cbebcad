# misconception: Three layers are written out; other numbers of layers get the wrong entries.
def mlp_backward(A_list, b_list, y_list, Y):
    slope = lambda y: y * (1 - y)
    d3 = y_list[-1] - Y
    d2 = A_list[2].T @ d3 * slope(y_list[2])
    d1 = A_list[1].T @ d2 * slope(y_list[1])
    return [d1 @ y_list[0].T, d2 @ y_list[1].T, d3 @ y_list[2].T], [d1, d2, d3]
