# misconception: The upper bound of randint is exclusive: your labels never are 9.
def random_labels(n, seed):
    g = torch.Generator().manual_seed(seed)
    return torch.randint(0, 9, (n,), generator=g)
