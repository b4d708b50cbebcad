def softt_derivative(y, T):
    found = []
    with torch.enable_grad():
        twin = y.detach().requires_grad_()
        twin.register_hook(found.append)
        (softt(twin, T) + 0 * twin).backward()
    return found[0].item()
