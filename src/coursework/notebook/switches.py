"""What a cell can switch for the whole process, read and put back in one place.

`read` notes the state, `turned` names what differs from a noted state, `put_back` restores it. Random states are no
switches: `seed` sets them. Copied into the released notebooks like `coursework.notebook.checks`.
"""

import gc
import logging
import os
import random
import sys
import warnings

import numpy as np

LEFT: dict = {}  # name → state in which the set-up left it; filled by the tests' world


def switches(torch) -> dict:
    """Name → (how to read it, how to set it). `torch` is None before a notebook has imported it."""
    found = {
        "the working folder": (os.getcwd, os.chdir),
        "NumPy's error state": (np.geterr, lambda state: np.seterr(**state)),
        "NumPy's print options": (np.get_printoptions, lambda state: np.set_printoptions(**state)),
        "warnings as errors": (_errors, _set_errors),
        "logging": (lambda: logging.root.manager.disable, logging.disable),
        "the garbage collector": (gc.isenabled, lambda on: gc.enable() if on else gc.disable()),
        "the recursion limit": (sys.getrecursionlimit, sys.setrecursionlimit),
        "sys.stdout": (lambda: sys.stdout, lambda stream: setattr(sys, "stdout", stream)),
        "sys.stderr": (lambda: sys.stderr, lambda stream: setattr(sys, "stderr", stream)),
        "sys.path": (lambda: list(sys.path), _set_path),
        "the environment": (_environment, os.environ.update),
    }
    plots = sys.modules.get("matplotlib.pyplot")
    if plots is not None:
        found["Matplotlib's backend"] = (lambda: plots.get_backend().lower(), plots.switch_backend)
    if torch is None:
        return found
    found["gradients"] = (torch.is_grad_enabled, torch.set_grad_enabled)
    found["PyTorch's default dtype"] = (torch.get_default_dtype, torch.set_default_dtype)
    found["anomaly detection"] = (torch.is_anomaly_enabled, torch.autograd.set_detect_anomaly)
    found["deterministic algorithms"] = (
        lambda: (torch.are_deterministic_algorithms_enabled(), torch.is_deterministic_algorithms_warn_only_enabled()),
        lambda state: torch.use_deterministic_algorithms(state[0], warn_only=state[1]),
    )
    found["the number of threads"] = (torch.get_num_threads, torch.set_num_threads)
    found["PyTorch's print options"] = (
        lambda: dict(vars(torch._tensor_str.PRINT_OPTS)),
        lambda state: vars(torch._tensor_str.PRINT_OPTS).update(state),
    )
    if hasattr(torch, "get_default_device"):
        found["PyTorch's default device"] = (lambda: str(torch.get_default_device()), _set_device)
    return found


def _errors() -> list:
    """The filters that make errors of warnings; others come and go with what is imported."""
    return [entry for entry in warnings.filters if entry[0] == "error"]


def _set_errors(noted) -> None:
    others = [entry for entry in warnings.filters if entry[0] != "error"]
    warnings.filters[:] = [*noted, *others]  # type: ignore[index]
    with warnings.catch_warnings():  # on leaving it, Python forgets what it has cached of the old ones
        pass


def _set_path(folders) -> None:
    """The noted folders in their order. What came later stays behind them: it may hold the student's own modules."""
    sys.path[:] = [*folders, *[f for f in sys.path if f not in folders]]


def _set_device(name) -> None:
    torch = sys.modules["torch"]
    torch.set_default_device(None if name == "cpu" else name)


def _environment() -> dict:
    return {k: v for k, v in os.environ.items() if k.startswith(("COURSEWORK_", "NBGRADER_")) or k == "HOME"}


def read() -> dict:
    """Name → state of every switch. One that cannot be read (a removed working folder) is None."""
    state = {}
    for name, (get, _) in switches(sys.modules.get("torch")).items():
        try:
            state[name] = get()
        except (OSError, RuntimeError):
            state[name] = None
    return state


def turned(before: dict) -> list:
    """The names of the switches that differ from their noted state; additions to sys.path are no difference."""
    now, found = read(), []
    for name, state in before.items():
        same = now.get(name) is state if name.startswith("sys.std") else now.get(name) == state
        if name == "sys.path" and now[name] is not None:
            same = [f for f in now[name] if f in state] == state
        if name == "the environment" and now[name] is not None:
            same = all(now[name].get(k) == v for k, v in state.items())
        if not same:
            found.append(name)
    return found


def put_back(before: dict) -> list:
    """Set every switch that differs to its noted state; returns the names of those."""
    found = turned(before)
    ways = switches(sys.modules.get("torch"))
    for name in found:
        if before[name] is not None:
            ways[name][1](before[name])
    return found


def seed(number: int) -> None:
    """Seed Python, NumPy and PyTorch. Where there is no other device, `torch.manual_seed` would take fifty times as
    long: it notes, with a call stack, what is to be done once there is one."""
    random.seed(number)
    np.random.seed(number)
    torch = sys.modules.get("torch")
    if torch is not None:
        devices = torch.accelerator if hasattr(torch, "accelerator") else torch.cuda
        (torch.manual_seed if devices.is_available() else torch.default_generator.manual_seed)(number)
