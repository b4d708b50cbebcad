sizes = [100, 50, 25, 10]
ans_1_1 = sum(a * b + b for a, b in zip(sizes, sizes[1:]))
