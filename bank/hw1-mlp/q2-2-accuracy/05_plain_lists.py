def accuracy(y, predicted):
    hits = []
    for labels, guesses in zip(y, predicted):
        for label, guess in zip(labels, guesses):
            a = int(label) if label.ndim == 0 else label.tolist().index(max(label.tolist()))
            b = int(guess) if guess.ndim == 0 else guess.tolist().index(max(guess.tolist()))
            hits.append(a == b)
    return sum(hits) / len(hits)
