# misconception: The squared error is taken of the logits here, without a softmax.
p, y = torch.softmax(torch.tensor([0.5, 0.3, 0.8]), 0), torch.tensor([0.3, 0.6, 0.1])
ans_1_2_mse = float(((p - y) ** 2).sum())
ans_1_2_ce = 1.2433
