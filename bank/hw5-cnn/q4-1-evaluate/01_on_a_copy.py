import copy


def evaluate(model, batches):
    judge = copy.deepcopy(model).eval().requires_grad_(False)
    with torch.no_grad():
        pairs = [(judge(x), y) for x, y in batches]
    logits, labels = (torch.cat(parts) for parts in zip(*pairs))
    return np.float64(F.cross_entropy(logits, labels)), np.float64(np.mean((logits.argmax(-1) == labels).cpu().numpy()))
