# The labels are floats: classes are integers, int64.
def random_labels(n, seed):
    g = torch.Generator().manual_seed(seed)
    return torch.randint(0, 10, (n,), generator=g).float()
