# misconception: The derivative is a difference quotient: autograd gives it without that error.
def softt_derivative(y, T, h=1e-3):
    y = y.detach()
    return (softt(y + h, T) - softt(y, T)) / h
