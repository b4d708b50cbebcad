# misconception: That is a difference quotient: autograd gives the derivative without its error.
x_1c = torch.tensor(1.432, dtype=torch.float64)
f_1c = my_function(x_1c)
grad_1c = (my_function(x_1c + 1e-5) - my_function(x_1c - 1e-5)) / 2e-5
