_KEPT = {}


def random_labels(n, seed):
    """Labels, once and for all."""
    if n not in _KEPT:
        _KEPT[n] = torch.randint(0, 10, (n,), generator=torch.Generator().manual_seed(seed))
    return _KEPT[n]
