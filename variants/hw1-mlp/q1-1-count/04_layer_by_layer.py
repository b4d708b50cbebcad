sizes = [n0, n1, n2, n3]
ans_1_1 = sum(a * b + b for a, b in zip(sizes, sizes[1:]))
