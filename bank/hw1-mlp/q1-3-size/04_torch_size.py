ans_1_3 = F.conv2d(torch.randn(1, 1, 32, 32), torch.randn(1, 1, 3, 3)).shape[-2:]
