def random_labels(n, seed):
    coin = torch.Generator(device="cpu").manual_seed(seed)
    labels = torch.empty(n, dtype=torch.long)
    for place in range(n):
        labels[place] = torch.randint(10, (), generator=coin)
    return labels
