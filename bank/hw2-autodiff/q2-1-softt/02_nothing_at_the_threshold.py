def softt(y, T):
    if y > T:
        return (y - T) ** 2
    elif y < -T:
        return (y + T) ** 3
    elif -T < y < T:
        return 0 * y
