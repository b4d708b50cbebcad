# misconception: The ReLUs are counted as if they had parameters.
mlp = nn.Sequential(nn.Linear(100, 50), nn.PReLU(), nn.Linear(50, 25), nn.PReLU(), nn.Linear(25, 10))
ans_1_1 = sum(p.numel() for p in mlp.parameters())
