"""How far a small network gets on the real CIFAR-10 by what the holders of the speed record showed: accuracy, seconds.

Usage: COURSEWORK_DATA=DIR python -m benchmarks.record [EPOCHS] [WIDTH]. Defaults 9.9, 1. A GPU is used if there is one.

After K. Jordan, "94% on CIFAR-10 in 3.29 Seconds on a Single GPU", arXiv:2404.00498 (network, hyper-parameters), which
builds on D. Page's "How to Train Your ResNet". What it needs beyond hw5's own recipe: a first layer that whitens 2×2
patches and is not trained, convolutions that start as copies of their input, batch normalisation without a scale, whose
shifts learn 64 times as fast, label smoothing, every image mirrored in every other epoch, averaged weights (lookahead),
and six views of each test image. Half precision (bfloat16 on the CPU) where the arithmetic allows.
"""

import os
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

from coursework.notebook import datasets

BATCH, MOMENTUM = 1024, 0.85
RATE, DECAY, SHIFTS = 11.5, 0.0153, 64.0  # rate and decay per 1024 images; how much faster the shifts learn
SMOOTHING, WHITE_EPOCHS = 0.2, 3  # epochs in which the first layer's bias is trained
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
half = torch.float16 if device.type == "cuda" else torch.bfloat16


class Norm(nn.BatchNorm2d):
    """Batch normalisation with a trained shift and no scale."""

    def __init__(self, channels: int) -> None:
        super().__init__(channels, eps=1e-5, momentum=0.4)
        self.weight.requires_grad = False


def conv(channels: int, width: int) -> nn.Conv2d:
    """A 3×3 convolution whose first `channels` outputs start as a copy of its input."""
    layer = nn.Conv2d(channels, width, 3, padding="same", bias=False)
    nn.init.dirac_(layer.weight.data[:channels])
    return layer


def group(channels: int, width: int) -> list[nn.Module]:
    """Two convolutions, the image halved between them."""
    first = [conv(channels, width), nn.MaxPool2d(2), Norm(width), nn.GELU()]
    return [*first, conv(width, width), Norm(width), nn.GELU()]


def whiten(layer: nn.Conv2d, images: torch.Tensor) -> None:
    """Set the filters to the principal directions of the images' 2×2 patches, each of unit variance, in both signs."""
    patches = images.unfold(2, 2, 1).unfold(3, 2, 1).permute(0, 2, 3, 1, 4, 5).reshape(-1, 12)
    values, vectors = torch.linalg.eigh(patches.T @ patches / len(patches))
    filters = (vectors / (values + 5e-4).sqrt()).T.flip(0).reshape(12, 3, 2, 2)
    layer.weight.data = torch.cat((filters, -filters)).to(layer.weight)
    layer.weight.requires_grad = False


def network(images: torch.Tensor, width: float) -> nn.Sequential:
    """The network, about 2 million weights at width 1; `images` (float32, prepared) set its first layer."""
    a, b = round(64 * width), round(256 * width)
    first = nn.Conv2d(3, 24, 2)
    nn.init.zeros_(first.bias)
    whiten(first, images)
    layers = [first, nn.GELU(), *group(24, a), *group(a, b), *group(b, b), nn.MaxPool2d(3), nn.Flatten()]
    return nn.Sequential(*layers, nn.Linear(b, 10, bias=False))


def prepared(images: torch.Tensor) -> torch.Tensor:
    """uint8 (N, 3, 32, 32) to float32 of mean 0 and variance 1, on the device."""
    mean, scale = torch.tensor([[125.3, 123.0, 113.9], [63.0, 62.1, 66.7]], device=device)[:, :, None, None]
    return (images.to(device).float() - mean) / scale


def shifted(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Each image moved by up to two pixels, what is missing mirrored in."""
    n = len(images)
    padded = F.pad(images, (2, 2, 2, 2), "reflect")
    rows, columns = (torch.randint(5, (2, n), generator=generator)[:, :, None] + torch.arange(32)).to(images.device)
    each = torch.arange(n, device=images.device)[:, None, None]
    return padded.permute(0, 2, 3, 1)[each, rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)


class Averaged:
    """Lookahead: a slow copy of the weights that the fast ones are drawn back to (Zhang et al., arXiv:1907.08610)."""

    def __init__(self, model: nn.Module) -> None:
        self.slow = {k: v.clone() for k, v in model.state_dict().items()}

    def update(self, model: nn.Module, keep: float) -> None:
        for name, fast in model.state_dict().items():
            if fast.is_floating_point():
                self.slow[name].lerp_(fast, 1 - keep)
                fast.copy_(self.slow[name])


def logits(model: nn.Module, x: torch.Tensor) -> torch.Tensor:
    with torch.autocast(device.type, half):
        return model(x).float() / 9


def classes(model: nn.Module, x: torch.Tensor) -> torch.Tensor:
    """The class of each image, from six views: as it is and moved by one pixel two ways, each mirrored too."""
    found = []
    with torch.no_grad():
        for part in x.split(2000):
            padded = F.pad(part, (1, 1, 1, 1), "reflect")
            views = ((part, 0.5), (padded[:, :, :32, :32], 0.25), (padded[:, :, 2:, 2:], 0.25))
            found.append(sum(w * (logits(model, v) + logits(model, v.flip(3))) for v, w in views).argmax(1))
    return torch.cat(found)


def train(x: torch.Tensor, y: torch.Tensor, epochs: float, width: float) -> nn.Module:
    """Train on prepared images (N, 3, 32, 32) and labels (N,)."""
    torch.manual_seed(0)
    generator = torch.Generator().manual_seed(0)
    model = network(x[:5000], width).to(device).to(memory_format=torch.channels_last)
    scale = 1024 * (1 + 1 / (1 - MOMENTUM))
    rate, decay = RATE / scale, DECAY * BATCH / scale
    shifts = [m.bias for m in model.modules() if isinstance(m, Norm)]
    others = [p for p in model.parameters() if p.requires_grad and all(p is not s for s in shifts)]
    groups = [
        {"params": shifts, "lr": rate * SHIFTS, "weight_decay": decay / (rate * SHIFTS)},
        {"params": others, "lr": rate, "weight_decay": decay / rate},
    ]
    optimizer = torch.optim.SGD(groups, momentum=MOMENTUM, nesterov=True)
    per_epoch = len(x) // BATCH
    total = int(epochs * per_epoch) + 1
    peak = int(0.23 * total)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda i: 0.2 + 0.8 * i / peak if i < peak else 1 - 0.93 * (i - peak) / (total - peak)
    )
    averaged, step, started = Averaged(model), 0, time.perf_counter()
    flipped = torch.rand(len(x), generator=generator) < 0.5
    while step < total:
        epoch = step // per_epoch
        model[0].bias.requires_grad = epoch < WHITE_EPOCHS
        mirror = (flipped ^ (epoch % 2 == 1)).to(device)
        for chosen in torch.randperm(len(x), generator=generator)[: per_epoch * BATCH].split(BATCH):
            chosen = chosen.to(device)
            images = shifted(x[chosen], generator)
            images = torch.where(mirror[chosen][:, None, None, None], images.flip(3), images)
            out = logits(model.train(), images.contiguous(memory_format=torch.channels_last))
            loss = F.cross_entropy(out, y[chosen], label_smoothing=SMOOTHING, reduction="sum")
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            step += 1
            if step % 5 == 0:
                averaged.update(model, 0.95**5 * (step / total) ** 3)
            if step == total:
                break
        print(f"epoch {epoch + 1}: loss {loss.item() / BATCH:.3f}, {time.perf_counter() - started:.0f} s", flush=True)
    averaged.update(model, 1.0)
    return model.eval()


def main() -> None:
    epochs = float(sys.argv[1]) if len(sys.argv) > 1 else 9.9
    width = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    data = datasets.cifar10()
    started = time.perf_counter()
    model = train(prepared(data.x_train), data.y_train.to(device), epochs, width)
    seconds = time.perf_counter() - started
    right = (classes(model, prepared(data.x_test)).cpu() == data.y_test).double().mean()
    place = torch.cuda.get_device_name() if device.type == "cuda" else f"{os.cpu_count()} CPU cores"
    print(f"{data.source}, {epochs:g} epochs, width {width:g}, on {place}: {seconds:.0f} s, test accuracy {right:.4f}")


if __name__ == "__main__":
    main()
