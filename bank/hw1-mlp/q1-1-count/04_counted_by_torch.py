net = nn.Sequential(nn.Linear(100, 50), nn.ReLU(), nn.Linear(50, 25), nn.ReLU(), nn.Linear(25, 10))
ans_1_1 = sum(p.numel() for p in net.parameters())
