# misconception: Between −T and T the function is 0: yours has no such zone.
def softt(y, T):
    if y > 0:
        return (y - T) ** 2
    elif y < 0:
        return (y + T) ** 3
    return 0 * y
