from dataclasses import dataclass


@dataclass(frozen=True)
class ByTheFormula:
    shift: float = 2.0

    def __call__(self, x: torch.Tensor) -> torch.Tensor:
        cube = x.pow(3)
        y = self.shift + cube + torch.log1p(cube)
        inner = 3 * x.square() * (2 + cube) / (1 + cube)
        return inner * (y.rsqrt() / 2 + y.cos())


my_derivative = ByTheFormula()
