from dataclasses import dataclass, field


@dataclass
class Grads:
    dA: list = field(default_factory=list)
    db: list = field(default_factory=list)

    def add(self, delta, y):
        self.db.append(delta)
        self.dA.append(torch.einsum("ik,jk->ij", delta, y))


def mlp_backward(A_list, b_list, y_list, Y):
    grads = Grads()
    delta = y_list[-1] - Y
    for A, y in zip(reversed(A_list), reversed(y_list[:-1])):
        grads.add(delta, y)
        delta = torch.einsum("ij,ik->jk", A, delta).mul_(y).mul_(1 - y)
    return grads.dA[::-1], grads.db[::-1]
