@torch.no_grad()
def my_derivative(x: torch.Tensor, *, outer=lambda y: y.rsqrt() / 2 + y.cos()) -> torch.Tensor:
    cube = torch.linalg.multi_dot([x.reshape(1, -1).T, torch.ones(1, 1).to(x)]).pow(3).reshape(x.shape)
    return outer(2 + cube + cube.log1p()) * 3 * x.square() * (1 + (1 + cube).reciprocal())
