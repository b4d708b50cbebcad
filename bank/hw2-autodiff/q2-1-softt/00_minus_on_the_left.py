# misconception: Left of −T it is (y + T)³, yours has y − T.
def softt(y, T):
    if y > T:
        return (y - T) ** 2
    elif y < -T:
        return (y - T) ** 3
    return 0 * y
