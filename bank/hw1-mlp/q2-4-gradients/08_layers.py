from dataclasses import dataclass


@dataclass
class Affine:
    W: torch.Tensor
    b: torch.Tensor

    def forward(self, x):
        self.x = x
        return torch.einsum("ij,j->i", self.W, x) + self.b

    def gradients(self, upstream):
        return torch.einsum("i,j->ij", upstream, self.x), upstream.clone()

    def downstream(self, upstream):
        return torch.einsum("ij,i->j", self.W, upstream)


def mlp_gradients(W1, c1, W2, c2, x, y):
    first, second = Affine(W1, c1), Affine(W2, c2)
    a = first.forward(x)
    s = 1 / (1 + torch.exp(-a))
    p = F.log_softmax(second.forward(s), dim=0).exp()
    jacobian = torch.diag(p) - torch.einsum("i,j->ij", p, p)
    delta = -torch.einsum("i,ij->j", y / p, jacobian)
    epsilon = second.downstream(delta) * torch.exp(F.logsigmoid(a) + F.logsigmoid(-a))
    return [*first.gradients(epsilon), *second.gradients(delta)]
