# misconception: The terms of the cross-entropy stand side by side; they are not added up.
z, t = torch.tensor([0.5, 0.3, 0.8]), torch.tensor([0.3, 0.6, 0.1])
ans_1_2_mse = ((z - t) ** 2).sum()
ans_1_2_ce = -t * torch.log_softmax(z, dim=0)
