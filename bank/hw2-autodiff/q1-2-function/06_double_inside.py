def my_function(x: torch.Tensor, *, base=2.0) -> torch.Tensor:
    wide = x.to(torch.float64)
    parts = (base, wide * wide * wide, torch.log(1 + wide * wide * wide))
    y = sum(parts)
    return sum(g(y) for g in (torch.sqrt, torch.sin)).to(x.dtype)
