# misconception: The powers of the two sides are swapped.
def softt(y, T):
    if y > T:
        return (y - T) ** 3
    elif y < -T:
        return (y + T) ** 2
    return 0 * y
