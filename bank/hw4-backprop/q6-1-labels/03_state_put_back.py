def random_labels(n, seed):
    state = torch.get_rng_state()
    torch.manual_seed(seed)
    labels = torch.randint(0, 10, [n])
    torch.set_rng_state(state)
    return labels
