weights = torch.tensor([100 * 50, 50 * 25, 25 * 10])
biases = torch.tensor([50, 25, 10])
ans_1_1 = weights.sum() + biases.sum()
