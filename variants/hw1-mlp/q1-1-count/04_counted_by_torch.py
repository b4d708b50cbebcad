net = nn.Sequential(nn.Linear(n0, n1), nn.ReLU(), nn.Linear(n1, n2), nn.ReLU(), nn.Linear(n2, n3))
ans_1_1 = sum(p.numel() for p in net.parameters())
