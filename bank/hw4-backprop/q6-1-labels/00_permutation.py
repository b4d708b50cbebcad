# misconception: A permutation gives each digit equally often: the labels are to be independent throws.
def random_labels(n, seed):
    g = torch.Generator().manual_seed(seed)
    return torch.randperm(n, generator=g) % 10
