def numerical_gradient(f, x, upstream=1.0, eps=1e-6):
    return upstream * (f(x + eps) - f(x - eps)) / (2 * eps)
