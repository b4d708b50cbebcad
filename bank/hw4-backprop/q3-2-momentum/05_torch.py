def momentum_form1(grad_fn, theta0, alpha, beta, K):
    rows = [torch.tensor(theta0)]
    last = rows[0].clone()
    for _ in range(K):
        g = torch.as_tensor(grad_fn(rows[-1].numpy()))
        new = rows[-1] - alpha * g + beta * (rows[-1] - last)
        last = rows[-1]
        rows.append(new)
    return torch.stack(rows).numpy()
def momentum_form2(grad_fn, theta0, alpha, beta, K):
    rows, v = [torch.tensor(theta0)], 0.0
    for _ in range(K):
        v = torch.as_tensor(grad_fn(rows[-1].numpy())) + beta * v
        rows.append(rows[-1] - alpha * v)
    return torch.stack(rows).numpy()
