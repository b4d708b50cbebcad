# misconception: These are NumPy's draws; the contract asks for torch.randint with a generator.
def random_labels(n, seed):
    return torch.from_numpy(np.random.default_rng(seed).integers(0, 10, n))
