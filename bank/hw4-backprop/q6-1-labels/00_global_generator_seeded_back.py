def random_labels(n, seed):
    before = torch.initial_seed()
    torch.manual_seed(seed)
    labels = torch.randint(0, 10, (n,))
    torch.manual_seed(before)
    return labels
