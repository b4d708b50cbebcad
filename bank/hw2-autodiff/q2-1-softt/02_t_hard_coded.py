# misconception: T is always 2.81: the argument is ignored.
def softt(y, T):
    T = 2.81
    if y > T:
        return (y - T) ** 2
    elif y < -T:
        return (y + T) ** 3
    return 0 * y
