"""A second device for PyTorch that needs no GPU: its tensors live in ordinary memory, but answer as a GPU's would.

    from tests.support import second_device            # from now on torch.device("second") exists
    x = torch.ones(3).to("second")
    x + torch.ones(3)               # RuntimeError: Expected all tensors to be on the same device
    x.numpy()                       # RuntimeError

So a notebook's way to a GPU can be walked on any machine: what is forgotten on the CPU, or asked of the wrong place,
fails here as it fails there. Draws on the device are refused, too: the notebooks draw on the CPU, so that both places
see the same data, order and start. Only dropout's masks come from a stream of the device's own, as on a GPU.

Speed it cannot show, nor CUDA's own kernels; but that these round otherwise can be imitated: `ROUNDING = 1e-6` adds
noise of that share of its root mean square to the result of every inexact operation.

A wrapper subclass on PyTorch's PrivateUse1 backend (torch.utils.backend_registration): every operation runs on the
wrapped CPU tensors, after the rules of devices have been checked.
"""

from typing import Any

import torch
from torch.utils._pytree import tree_flatten, tree_map
from torch.utils.backend_registration import _setup_privateuseone_for_python_backend

NAME = "second"
_setup_privateuseone_for_python_backend(NAME)
# What torch.load brings "to" this device stays plain until load_state_dict copies it: the one rule that is laxer here.
torch.serialization.register_package(5, lambda _: None, lambda storage, where: storage if NAME in where else None)
aten = torch.ops.aten
ROUNDING = 0.0
STREAM = torch.Generator().manual_seed(2**31)
INEXACT = {
    "addmm", "mm", "bmm", "convolution", "convolution_backward", "sum", "mean", "exp", "log", "sigmoid", "tanh", "div",
    "native_batch_norm", "native_batch_norm_backward", "_log_softmax", "_softmax", "_log_softmax_backward_data",
}  # fmt: skip
# A GPU's tensor may be indexed by, and copied to and from, a tensor on the CPU.
MIXED = (aten.copy_, aten._to_copy, aten.index, aten.index_put_, aten.index_put, aten._index_put_impl_)


class SecondTensor(torch.Tensor):
    """A tensor on the second device; `raw` is the CPU tensor that holds its numbers."""

    raw: torch.Tensor

    @staticmethod
    def __new__(cls, raw: torch.Tensor) -> "SecondTensor":
        made = torch.Tensor._make_wrapper_subclass(
            cls, raw.size(), strides=raw.stride(), storage_offset=raw.storage_offset(), dtype=raw.dtype,
            layout=raw.layout, device=torch.device(NAME, 0),
        )  # fmt: skip
        made.raw = raw
        return made

    def tolist(self) -> Any:  # a GPU's tensor has it; PyTorch refuses it to subclasses
        return self.raw.tolist()

    def __repr__(self, **_: Any) -> str:
        return repr(self.raw)[:-1] + f", device='{NAME}:0')"

    def __reduce_ex__(self, protocol: int) -> Any:
        return self.raw.__reduce_ex__(protocol)  # saved as numbers; where they go is load's map_location

    @classmethod
    def __torch_dispatch__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = dict(kwargs or {})
        leaves = tree_flatten((args, kwargs))[0]
        _check(func, args, leaves)
        to = kwargs.pop("device", None)
        wrappers = {id(t.raw): t for t in leaves if isinstance(t, SecondTensor)}
        if func.overloadpacket is aten.native_dropout:
            result = _dropout(*tree_map(_raw, args))
        else:
            result = func(*tree_map(_raw, args), **tree_map(_raw, kwargs))
        if ROUNDING and func.overloadpacket.__name__ in INEXACT:
            result = tree_map(_rounded, result)
        if to is not None and torch.device(to).type == "cpu":
            return result

        def wrap(leaf: object) -> object:
            if not isinstance(leaf, torch.Tensor):
                return leaf
            return wrappers[id(leaf)] if id(leaf) in wrappers else SecondTensor(leaf)

        if func.overloadpacket is aten.copy_ and not isinstance(args[0], SecondTensor):
            return args[0]
        return tree_map(wrap, result)


def _raw(leaf: object) -> object:
    return leaf.raw if isinstance(leaf, SecondTensor) else leaf


def _dropout(x: torch.Tensor, p: float, train: bool | None) -> tuple[torch.Tensor, torch.Tensor]:
    kept = torch.rand(x.shape, generator=STREAM) >= p if train else torch.ones(x.shape, dtype=torch.bool)
    return (x * kept / (1 - p) if train else x.clone()), kept


def _rounded(leaf: object) -> object:
    if not isinstance(leaf, torch.Tensor) or not leaf.is_floating_point():
        return leaf
    return leaf + ROUNDING * leaf.square().mean().sqrt() * torch.randn(leaf.shape, generator=STREAM).to(leaf.dtype)


def _check(func: Any, args: Any, leaves: list[Any]) -> None:
    """The rules of devices, in CUDA's words where they are CUDA's."""
    if any(isinstance(leaf, torch.Generator) for leaf in leaves):
        raise RuntimeError(f"Expected a '{NAME}' device type for generator but found 'cpu'")
    if torch.Tag.nondeterministic_seeded in func.tags and func.overloadpacket is not aten.native_dropout:
        raise RuntimeError(f"{func} draws on the device: draw on the CPU and move the result")
    strays = [t for t in leaves if isinstance(t, torch.Tensor) and not isinstance(t, SecondTensor) and t.dim()]
    if not strays:
        return
    if func.overloadpacket in MIXED[2:] and not isinstance(args[0], SecondTensor):
        raise RuntimeError("indices should be either on cpu or on the same device as the indexed tensor (cpu)")
    if func.overloadpacket not in MIXED:
        raise RuntimeError(
            f"Expected all tensors to be on the same device, but found at least two devices, {NAME}:0 and cpu! ({func})"
        )


@torch.library.impl("aten::empty.memory_format", "privateuseone")
def _empty(size: Any, *, dtype: Any = None, layout: Any = None, device: Any = None, pin_memory: Any = None,
           memory_format: Any = None) -> SecondTensor:  # fmt: skip
    return SecondTensor(torch.empty(size, dtype=dtype, memory_format=memory_format or torch.contiguous_format))


@torch.library.impl("aten::empty_strided", "privateuseone")
def _empty_strided(size: Any, stride: Any, *, dtype: Any = None, layout: Any = None, device: Any = None,
                   pin_memory: Any = None) -> SecondTensor:  # fmt: skip
    return SecondTensor(torch.empty_strided(size, stride, dtype=dtype))


@torch.library.impl("aten::_copy_from", "privateuseone")
def _copy_from(source: torch.Tensor, target: torch.Tensor, non_blocking: bool = False) -> torch.Tensor:
    """What torch.tensor(..., device="second") ends in, below the dispatch that the class sees."""
    _raw(target).copy_(_raw(source))
    return target
