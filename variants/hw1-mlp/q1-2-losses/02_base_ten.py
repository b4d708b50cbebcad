# misconception: That is the logarithm to base 10; the natural one is asked for.
norm = sum(math.exp(a) for a in z)
ans_1_2_mse = sum((a - b) ** 2 for a, b in zip(z, y))
ans_1_2_ce = -sum(b * math.log10(math.exp(a) / norm) for a, b in zip(z, y))
