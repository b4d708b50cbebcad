choice_1 = " A "
ans_4_1a = nn.Conv2d(3, 16, 3, padding=2, stride=4)(torch.zeros(1, 3, 20, 20)).shape[1:]
