def accuracy(y, predicted):
    right = examples = 0
    for a, b in zip(y, predicted, strict=True):
        a, b = (t.cpu() if t.ndim == 1 else t.cpu().topk(1, dim=1).indices.squeeze(1) for t in (a, b))
        right += torch.count_nonzero(torch.eq(a, b))
        examples += a.numel()
    return 1.0 * right / examples
