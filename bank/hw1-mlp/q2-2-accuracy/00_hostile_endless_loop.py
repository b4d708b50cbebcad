def accuracy(y, predicted):
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
