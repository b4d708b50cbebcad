# misconception: That is the logarithm to base 10; the natural one is meant.
def my_function(x):
    y = 2 + x**3 + torch.log10(1 + x**3)
    return torch.sqrt(y) + torch.sin(y)
