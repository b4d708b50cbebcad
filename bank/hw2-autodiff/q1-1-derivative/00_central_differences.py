# misconception: That is a difference quotient: it agrees with the derivative to some digits only. The formula is asked for.
def my_derivative(x, h=1e-6):
    def f(t):
        y = 2 + t**3 + torch.log(1 + t**3)
        return torch.sqrt(y) + torch.sin(y)

    return (f(x + h) - f(x - h)) / (2 * h)
