def softt(y, T):
    """f_T(y) as a tensor, for a 0-dim tensor y and a number T > 0."""
    if not y.requires_grad:
        y.requires_grad_(True)  # so that autograd finds the derivative
    return torch.where(y < -T, (y + T) ** 3, torch.where(y > T, (y - T) ** 2, torch.zeros_like(y)))
