z = torch.tensor([0.5, 0.3, 0.8], dtype=torch.float64)
t = torch.tensor([0.3, 0.6, 0.1], dtype=torch.float64)
ans_1_2_mse = torch.dist(z, t).item() ** 2
ans_1_2_ce = (torch.logsumexp(z, 0) - t @ z).item()
