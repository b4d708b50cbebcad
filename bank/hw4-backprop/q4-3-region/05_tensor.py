def input_region(layers, i, n):
    size, jump, start = receptive_field(layers)[-1]
    return torch.tensor([start + i * jump, start + i * jump + size - 1]).clamp(0, n - 1)
