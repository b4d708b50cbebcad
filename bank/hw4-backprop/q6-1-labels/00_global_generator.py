# misconception: It reseeds PyTorch's global generator: use a torch.Generator of its own.
def random_labels(n, seed):
    torch.manual_seed(seed)
    return torch.randint(0, 10, (n,))
