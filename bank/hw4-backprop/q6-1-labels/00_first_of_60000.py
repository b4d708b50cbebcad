def random_labels(n, seed):
    g = torch.Generator().manual_seed(seed)
    return torch.randint(0, 10, (60000,), generator=g)[:n]
