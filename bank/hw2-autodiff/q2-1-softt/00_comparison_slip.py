# misconception: The comparison for the left side is turned: y > −T also holds in the middle.
def softt(y, T):
    if y > T:
        return (y - T) ** 2
    elif y > -T:
        return (y + T) ** 3
    return 0 * y
