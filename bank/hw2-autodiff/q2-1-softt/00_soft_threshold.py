# misconception: That is the usual soft-threshold operator; here the sides have powers 2 and 3.
def softt(y, T):
    return torch.sign(y) * torch.relu(y.abs() - T)
