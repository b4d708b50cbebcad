logits, target = torch.tensor(z), torch.tensor(y)
ans_1_2_mse = F.mse_loss(logits, target, reduction="sum").item()
ans_1_2_ce = F.cross_entropy(logits[None], target[None])
