# misconception: log1p adds the 1 itself: your logarithm is that of 2 + x³.
def my_function(x):
    y = 2 + x**3 + torch.log1p(1 + x**3)
    return torch.sqrt(y) + torch.sin(y)
