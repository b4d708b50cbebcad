# misconception: Left of −T the function is negative: the sign is lost.
def softt(y, T):
    if y > T:
        return (y - T) ** 2
    elif y < -T:
        return (y + T).abs() ** 3
    return 0 * y
