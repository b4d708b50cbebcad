"""A second device for machines without a GPU, so that a check can see whether a student's code moves its tensors.

    with devices.far_away():
        accuracy(labels, [guesses.as_subclass(devices.Away)])     # RuntimeError unless one of them is moved

An `Away` tensor answers as one on a GPU would within `far_away`: it does not mix with tensors of the CPU and
does not become a NumPy array. It is built on `torch.overrides`, so it sees what is called from Python.
Copied into the released notebooks like `coursework.notebook.checks`, by the same rules.
"""

import torch

__all__ = ["Away", "far_away"]

MIXED = ("copy_", "__setitem__", "__getitem__", "_has_compatible_shallow_copy_type")  # as PyTorch allows it
MADE = ("as_tensor", "asarray", "tensor", "new_tensor")  # a tensor's device if none is asked for
APART = "Expected all tensors to be on the same device, but found at least two devices, cuda:0 and cpu!"


class Away(torch.Tensor):
    """A tensor that counts as one on a GPU within `far_away`; made by `tensor.as_subclass(Away)`."""


class far_away(torch.overrides.TorchFunctionMode):  # a context manager
    """Within it, tensors of two devices do not mix, as on a machine with a GPU."""

    def __enter__(self):
        self.overwrite = torch.__future__.get_overwrite_module_params_on_conversion()
        torch.__future__.set_overwrite_module_params_on_conversion(True)  # model.to("cpu") then changes their class
        return super().__enter__()

    def __exit__(self, *error):
        torch.__future__.set_overwrite_module_params_on_conversion(self.overwrite)
        return super().__exit__(*error)

    def __torch_function__(self, func, types, args=(), kwargs=None):
        kwargs, name = dict(kwargs or {}), getattr(func, "__name__", "")
        given = [*args, *kwargs.values()]
        parts = [part for arg in given for part in (arg if isinstance(arg, (list, tuple)) else [arg])]
        away = any(isinstance(part, Away) for part in parts)
        near = any(isinstance(part, torch.Tensor) and not isinstance(part, Away) and part.dim() for part in parts)
        if name in ("to", "cpu", "cuda"):
            return _moved(name, args[0], parts[1:])
        if away and name == "__deepcopy__":
            copied = args[0].detach().clone().requires_grad_(args[0].requires_grad)
            args[1][id(args[0])] = torch.nn.Parameter(copied) if isinstance(args[0], torch.nn.Parameter) else copied
            return args[1][id(args[0])]
        asked = getattr(getattr(func, "__self__", None), "__name__", "") if name == "__get__" else ""
        if away and asked in ("device", "is_cuda"):
            return torch.device("cuda:0") if asked == "device" else True
        if away and name == "numpy" and (kwargs.get("force") or args[1:] == (True,)):
            return _moved("cpu", args[0].detach(), []).numpy()
        if away and name == "type" and parts[1:] and not isinstance(parts[1], torch.dtype):  # type(torch.LongTensor)
            return _moved("cuda" if "cuda" in str(parts[1]) else "cpu", func(*args, **kwargs), [])
        if away and name in ("numpy", "__array__"):
            raise TypeError("can't convert cuda:0 device type tensor to numpy. Use Tensor.cpu() first.")
        if away and name == "type_as":  # takes the device over, too
            return _moved("to", args[0].to(args[1].dtype), [args[1]])
        if name == "get_device":
            return 0 if away else -1
        where = kwargs.pop("device", None)
        if where is None and name in MADE and isinstance(given[0], torch.Tensor):
            where = given[0]  # what it is made of, or whose method it is
        elif where is None and away and near and name not in MIXED:
            raise RuntimeError(APART)
        if name == "copy_":
            func(*args, **kwargs)
            return args[0]  # it stays where it is
        if where is None:
            return func(*args, **kwargs)
        trained = kwargs.pop("requires_grad", False)
        made = _moved("to", func(*args, **kwargs), [where])
        return made.requires_grad_() if trained else made


def _moved(name, tensor, asked):
    """What tensor.to(*asked), tensor.cpu() or tensor.cuda() is, within `far_away`."""
    goals = [name] if name != "to" else []
    goals += [str(part) for part in asked if isinstance(part, (str, torch.device))]
    goals += [f"cuda:{part}" for part in asked if isinstance(part, int) and not isinstance(part, bool)]
    goals += ["cuda" if isinstance(part, Away) else "cpu" for part in asked if isinstance(part, torch.Tensor)]
    for dtype in [part for part in asked if isinstance(part, torch.dtype)]:
        tensor = tensor.to(dtype)
    if not goals:
        return tensor
    return tensor.clone().as_subclass(Away if goals[0].startswith("cuda") else torch.Tensor)
