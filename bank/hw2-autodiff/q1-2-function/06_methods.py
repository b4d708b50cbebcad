def my_function(x):
    y = x.pow(3).log1p() + x.pow(3) + 2
    return y.sqrt() + y.sin()
