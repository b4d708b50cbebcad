def random_labels(n, seed):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return torch.randint(0, 10, (n,))
