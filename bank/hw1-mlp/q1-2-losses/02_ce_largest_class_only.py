# misconception: Only the class with the largest target enters the cross-entropy; a soft label has weights on the others, too.
z = torch.tensor([[0.5, 0.3, 0.8]])
ans_1_2_mse = 0.62
ans_1_2_ce = F.cross_entropy(z, torch.tensor([1])).item()
