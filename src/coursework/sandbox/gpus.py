"""GPUs that a worker declares, as Dask's resource `GPU`, and what of them a sandbox gets to see: that one device.

A notebook asks for one by `"gpu": true` in its source's `metadata.coursework`. Nothing here loads CUDA.
"""

import os
import re
from pathlib import Path
from typing import Any

RESOURCE = "GPU"
SHARED = ("nvidiactl", "nvidia-uvm")  # what a process needs of the driver besides the device itself
DEVICES, DRIVER = Path("/dev"), Path("/proc/driver/nvidia/gpus")


class NoDevice(Exception):
    """A GPU is declared where there is none: one line that says what is missing."""


def declaring(workers: dict[str, Any]) -> set[str]:
    """The addresses of those of Dask's `workers` (of `Client.scheduler_info`) that declare a GPU."""
    return {address for address, about in workers.items() if about.get("resources", {}).get(RESOURCE, 0) >= 1}


def visible(number: int) -> str:
    """The number-th device that this process may use, as CUDA_VISIBLE_DEVICES names it for one worker."""
    named = [name for name in os.environ.get("CUDA_VISIBLE_DEVICES", "").split(",") if name]
    return named[number] if number < len(named) else "none" if named else str(number)


def own_devices() -> tuple[Path, ...]:
    """The device files of this process's GPU, the first of CUDA_VISIBLE_DEVICES. Raises NoDevice.

    A name is a number in the order of the bus, or begins like a UUID. Where the driver lists no devices, the number is
    that of the device file.
    """
    name = visible(0)
    minors = [_field(about, "Device Minor") for about in _listed()]
    uuids = [_field(about, "GPU UUID") for about in _listed()]
    if name.startswith("GPU-"):
        found = [minor for minor, uuid in zip(minors, uuids, strict=True) if uuid.startswith(name)]
    elif name.isdecimal():
        found = minors[int(name) :][:1] if minors else [name]
    else:
        found = []
    if not found:
        raise NoDevice(f"there is no GPU {name}")
    files = [DEVICES / part for part in (f"nvidia{found[0]}", *SHARED)]
    if lacking := [str(file) for file in files if not file.exists()]:
        raise NoDevice(f"{lacking[0]} is missing")
    return tuple(files)


def _listed() -> list[str]:
    """What NVIDIA's driver says of each device, in the order of the bus."""
    return [path.read_text() for path in sorted(DRIVER.glob("*/information"))]


def _field(about: str, name: str) -> str:
    found = re.search(rf"^{name}:\s*(\S+)", about, re.MULTILINE)
    return found[1] if found else ""
