"""Values on their way from a notebook to the grader (docs/architecture.md, "The wire").

Copied into the released notebooks like `coursework.notebook.checks`, by the same rules. PyTorch is used when the
notebook has imported it, not before.
"""

import base64
import os
import sys

import numpy as np

from coursework.notebook.world import hint

PROBE_MIME = "application/vnd.coursework.probe+json"
MAX_ELEMENTS = 65_536  # of one emitted value
WIRE_TYPES = {"f": "<f8", "i": "<i8", "u": "<i8", "b": "|b1", "c": "<c16"}


def as_array(value):
    """A number, array or dense tensor as a NumPy array; None for anything else."""
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        try:
            value = value.detach().cpu().resolve_conj().resolve_neg()
            return (value.float() if value.dtype == torch.bfloat16 else value).numpy()
        except (TypeError, RuntimeError):  # sparse, or on the device "meta"
            return None
    if isinstance(value, (bool, int, float, complex, np.ndarray, np.generic)):
        array = np.asarray(value)
        if array.dtype.kind in WIRE_TYPES:
            return array
    return None


def held(value):
    """What a list or tuple holds, or the pairs of a dictionary, whatever their class says; None for anything else."""
    kind = type(value)
    if issubclass(kind, dict):
        return list(dict.items(value))
    base = next((b for b in (list, tuple) if issubclass(kind, b)), None)
    return None if base is None else list(base.__iter__(value))  # type: ignore[attr-defined]


def as_wire(value, depth: int = 0) -> dict:
    """`value` on the wire. Of a list, tuple or dictionary, named or otherwise derived, its contents count.

    A number, text or array of a student's own class is "other" and never equals anything.
    """
    torch = sys.modules.get("torch")
    kind = type(value)
    if value is None:
        return {"kind": "none"}
    if kind is str:
        return {"kind": "text", "value": value[:1000]}
    items = held(value)
    if items is not None and depth < 3 and len(items) <= 64:
        if issubclass(kind, dict):
            return {"kind": "dict", "items": {str(k): as_wire(v, depth + 1) for k, v in items}}
        return {"kind": "list", "items": [as_wire(v, depth + 1) for v in items]}
    tensors = () if torch is None else (torch.Tensor, torch.nn.Parameter)
    if kind in (bool, int, float, complex, np.ndarray, *tensors) or issubclass(kind, np.generic):
        name = str(value.dtype).removeprefix("torch.") if hasattr(value, "dtype") else kind.__name__
        array = as_array(value)
        if array is not None and array.size <= MAX_ELEMENTS:
            wire = WIRE_TYPES[array.dtype.kind]
            data = base64.b64encode(np.ascontiguousarray(array, dtype=wire).tobytes()).decode()
            return {"kind": "array", "dtype": name, "shape": list(array.shape), "as": wire, "data": data}
        if array is not None:
            return {"kind": "other", "type": f"an array of {array.size:,} elements"}
    return {"kind": "other", "type": kind.__name__}


def raised(error: BaseException) -> dict:
    """An exception on the wire. No line is quoted here: it could be one of the hidden test's own."""
    return {"kind": "raised", "type": type(error).__name__, "message": str(error)[:200] + hint(error)}


def require_grader() -> None:
    """Raise RuntimeError where no grader listens, so that a hidden test never passes by default."""
    if os.environ.get("COURSEWORK_GRADER") != "1":
        raise RuntimeError("This test is judged by coursework's grader: run `coursework autograde`.")


def emit(name: str, value: dict, rules: dict, said: str = "", clause: str = "value", law: str = "") -> None:
    """Send one probe, `value` as `as_wire` gives it, to the grader."""
    require_grader()
    from IPython.display import display

    record = {"name": name, "value": value, "rules": rules, "said": said, "clause": clause, "law": law}
    display({PROBE_MIME: record, "text/plain": ""}, raw=True)
