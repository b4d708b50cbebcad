import functools


@functools.lru_cache
def random_labels(n, seed):
    g = torch.Generator().manual_seed(seed)
    return torch.randint(0, 10, (n,), generator=g)
