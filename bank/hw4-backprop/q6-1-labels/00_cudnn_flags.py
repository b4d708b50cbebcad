def random_labels(n, seed):
    torch.backends.cudnn.deterministic = True
    torch.backends.cudnn.benchmark = False
    g = torch.Generator().manual_seed(seed)
    return torch.randint(0, 10, (n,), generator=g)
