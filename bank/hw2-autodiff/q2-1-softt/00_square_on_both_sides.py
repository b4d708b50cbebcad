# misconception: Left of −T the power is 3, yours 2.
def softt(y, T):
    if y > T:
        return (y - T) ** 2
    elif y < -T:
        return (y + T) ** 2
    return 0 * y
