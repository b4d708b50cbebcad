logits = [0.5, 0.3, 0.8]
target = [0.3, 0.6, 0.1]
norm = sum(math.exp(z) for z in logits)
ans_1_2_mse = sum((z - t) ** 2 for z, t in zip(logits, target))
ans_1_2_ce = -sum(t * math.log(math.exp(z) / norm) for z, t in zip(logits, target))
