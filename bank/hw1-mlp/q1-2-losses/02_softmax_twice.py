# misconception: The softmax was applied twice.
z, y = torch.tensor([0.5, 0.3, 0.8]), torch.tensor([0.3, 0.6, 0.1])
ans_1_2_mse = 0.62
ans_1_2_ce = F.cross_entropy(torch.softmax(z, 0)[None], y[None]).item()
