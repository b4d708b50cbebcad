def accuracy(y, predicted):
    flat = lambda batches: np.concatenate(
        [b.detach().cpu().numpy().argmax(axis=1) if b.ndim == 2 else b.detach().cpu().numpy() for b in batches]
    )
    return np.mean(flat(y) == flat(predicted))
