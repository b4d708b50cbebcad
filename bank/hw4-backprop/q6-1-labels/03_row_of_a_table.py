def random_labels(n, seed):
    g = torch.Generator()
    g.manual_seed(int(seed))
    return torch.randint(low=0, high=10, size=(1, n), generator=g, dtype=torch.int32)[0].to(torch.int64)
