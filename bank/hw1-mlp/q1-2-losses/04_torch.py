z, y = torch.tensor([0.5, 0.3, 0.8]), torch.tensor([0.3, 0.6, 0.1])
ans_1_2_mse = F.mse_loss(z, y, reduction="sum").item()
ans_1_2_ce = F.cross_entropy(z[None], y[None])
