def softt(y, T):
    if y > T:
        return (y - T) ** 2
    if y < -T:
        return (y + T) ** 3
