def my_derivative(x):
    a = np.asarray(x, dtype=np.longdouble)
    h = np.longdouble(2) ** -12
    def f(t):
        c = t * t * t
        y = 2 + c + np.log(1 + c)
        return np.sqrt(y) + np.sin(y)
    d1 = (f(a + h) - f(a - h)) / (2 * h)
    d2 = (f(a + 2 * h) - f(a - 2 * h)) / (4 * h)
    d3 = (f(a + 3 * h) - f(a - 3 * h)) / (6 * h)
    return torch.tensor(np.asarray(1.5 * d1 - 0.6 * d2 + 0.1 * d3, dtype=np.float64)).reshape(x.shape)
