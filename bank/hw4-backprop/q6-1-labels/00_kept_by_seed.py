# misconception: Labels that were drawn before for this seed are returned again, whatever n is now.
LABELS = {}


def random_labels(n, seed):
    if seed not in LABELS:
        LABELS[seed] = torch.randint(0, 10, (n,), generator=torch.Generator().manual_seed(seed))
    return LABELS[seed]
