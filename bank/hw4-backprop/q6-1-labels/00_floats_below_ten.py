def random_labels(n, seed):
    g = torch.Generator().manual_seed(seed)
    return torch.rand(n, generator=g) * 10
