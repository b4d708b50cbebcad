# misconception: The gradients are zero everywhere.
def mlp_gradients(W1, c1, W2, c2, x, y):
    return torch.zeros_like(W1), torch.zeros_like(c1), torch.zeros_like(W2), torch.zeros_like(c2)
