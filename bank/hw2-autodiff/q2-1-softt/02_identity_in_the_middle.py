# misconception: Between −T and T the function is 0, yours returns y.
def softt(y, T):
    if y > T:
        return (y - T) ** 2
    elif y < -T:
        return (y + T) ** 3
    return y
