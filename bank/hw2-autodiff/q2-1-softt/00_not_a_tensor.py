def softt(y, T):
    if y > T:
        return str(y)
    elif y < -T:
        return (y + T) ** 3
    return 0 * y
