# misconception: Right of T the power is 2, yours 3.
def softt(y, T):
    if y > T:
        return (y - T) ** 3
    elif y < -T:
        return (y + T) ** 3
    return 0 * y
