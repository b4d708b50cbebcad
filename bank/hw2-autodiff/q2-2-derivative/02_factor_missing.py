# misconception: The factors 2 and 3 of the power rule are missing.
def softt_derivative(y, T):
    y = y.detach()
    return (y - T) if y > T else (y + T) ** 2 if y < -T else 0 * y
