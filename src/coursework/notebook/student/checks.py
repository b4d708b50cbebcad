"""The visible checks as a student runs them: the grader's edition accepts and refuses the same, sentence by sentence.

The names here are those that `checks.py` has for visible cells; what only a hidden test calls is not among them.
"""

import contextlib
import itertools
import os
import pathlib
import re
import sys
import textwrap
import types

import numpy as np

from coursework.notebook.student.artefacts import artefact
from coursework.notebook.student.restrictions import reached, refusal
from coursework.notebook.student.world import NOTED, start, where

__all__ = [
    "CheckFailed",
    "artefact",
    "close",
    "does_without",
    "exists",
    "gradient",
    "law",
    "like",
    "only_numpy",
    "passed",
    "predictions",
    "start",
]

RECORDED = "recorded; its value is judged after you submit"
OTHERS_FOLLOW = "public checks passed (hidden ones follow after submission)"
# An answer asks for a device that is not here. PyTorch would have one install a driver.
NO_GPU = "no such GPU here, nor in the grader: use the device of the model or of an argument, as in `x.to(y.device)`"
KIND_WORDS = {"f": "float", "i": "int", "u": "int", "b": "bool", "c": "complex"}


class CheckFailed(AssertionError):
    """A visible check that failed; IPython shows one line, no traceback. Nobody asks for its rung here."""

    def __init__(self, message: str, rung: int = 0):
        super().__init__(message)

    def _render_traceback_(self):
        return [f"\x1b[31m✗ {self}\x1b[0m"]


def _must(holds, sentence: str) -> None:
    if not holds:
        raise CheckFailed(sentence)


def _obtain(name: str, got, said: str = "") -> tuple:
    """(`got`, called if it is a function; `name` with `said`); what goes wrong in the call becomes a sentence."""
    shown = f"{name} ({said})" if said and not name.endswith(f"({said})") else name
    if not isinstance(got, types.FunctionType):
        return got, shown
    try:
        return got(), shown
    except CheckFailed:
        raise
    except NotImplementedError as error:
        text = f"not answered yet ({error or 'the stub is still there'})."
    except NameError as error:
        text = f"{error}. Run the cell that defines it first.{where(error, got.__code__.co_filename)}"
    except Exception as error:
        raised = type(error).__name__ + (f" while it was {said}" if said else "")
        words = NO_GPU if re.search("NVIDIA|with CUDA|for mps devices", str(error)) else str(error)[:200]
        text = f"your code raised {raised}: {words}{where(error, got.__code__.co_filename)}"
    raise CheckFailed(f"{name}: {text}")


def _array(name: str, value) -> np.ndarray:
    """`value` (number, array or tensor) as a NumPy array."""
    _must(value is not None, f"{name}: got None. Does your function return its result?")
    kind, torch = type(value).__name__, sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        with contextlib.suppress(TypeError, RuntimeError):  # sparse, or on the device "meta"
            value = value.detach().cpu().resolve_conj().resolve_neg()
            value = (value.float() if value.dtype == torch.bfloat16 else value).numpy()
    fits = isinstance(value, (int, float, complex, np.ndarray, np.generic))
    fits = fits and np.asarray(value).dtype.kind in KIND_WORDS
    _must(fits, f"{name}: got {kind}, expected numbers (an array, a tensor or a number).")
    return np.asarray(value)


def exists(name: str, got, kind, said: str = ""):
    """The answer is there and of this kind; its value is judged after submission. Returns it.

    `kind` is a type, a list of alternative types, or a tuple of types for a tuple answer. NumPy scalars and 0-dim
    tensors count as the Python number that they hold.
    """
    value, shown = _obtain(name, got, said)
    called = said or "(" in name or (isinstance(got, types.FunctionType) and callable(got.__globals__.get(name)))
    missing = "got None. Does your function return its result?" if called else "still None. Put your answer there."
    _must(value is not None, f"{shown}: {missing}")
    many = isinstance(value, (tuple, list))
    found = type(value).__name__ + (f" of {len(value)} values" if many and isinstance(kind, tuple) else "")
    if isinstance(kind, tuple):
        wanted = ", ".join(map(_words, kind))
        _must(many and len(value) == len(kind), f"{shown}: expected a tuple ({wanted}), got {found}.")
        for place, (part, part_kind) in enumerate(zip(value, kind, strict=True)):
            _must(part is not None, f"{shown}[{place}]: {missing}")
            exists(f"{shown}[{place}]", part, part_kind)
        return value
    kinds = tuple(kind) if isinstance(kind, list) else (kind,)
    plain = value.item() if getattr(value, "ndim", None) == 0 and hasattr(value, "item") else value
    fits = isinstance(plain, kinds) and not (isinstance(plain, bool) and bool not in kinds)
    fits = fits or (plain is not value and isinstance(value, kinds))
    _must(fits, f"{shown}: expected {_words(kind)}, got {found}.")
    _must(not isinstance(plain, float) or np.isfinite(plain), f"{shown}: is {plain}.")
    return value


def _words(kind) -> str:
    """The types of a list, or a type, as one reads them."""
    return " or ".join("any" if k is object else k.__name__ for k in (kind if isinstance(kind, list) else [kind]))


def like(name: str, got, shape=None, dtype=None, finite: bool = True, said: str = ""):
    """The result is numeric, of this shape (None in a place: any size), of this kind of dtype, and finite.

    `dtype` is "float", "int", "bool" or an exact name such as "float64". Returns the value as it was.
    """
    value, name = _obtain(name, got, said)
    array = _array(name, value)
    if shape is not None:
        fits = len(shape) == array.ndim and all(w in (None, g) for w, g in zip(shape, array.shape, strict=True))
        wanted = str(tuple("any" if w is None else w for w in shape)).replace("'", "")
        _must(fits, f"{name}: shape {array.shape}, expected {wanted}.")
    kinds = (None, KIND_WORDS[array.dtype.kind], array.dtype.name)
    _must(dtype in kinds, f"{name}: dtype {array.dtype.name}, expected {dtype}.")
    odd = f"{name}: has NaN or infinite entries. Think of large inputs, log(0) or division by 0."
    _must(not finite or np.isfinite(array).all(), odd)
    return value


def close(name: str, got, want, rtol: float = 1e-5, atol: float = 1e-8, said: str = ""):
    """The result agrees with `want` (a value, or a function that makes it) within atol + rtol·|want|. Returns it."""
    try:
        expected = _array(name, want() if isinstance(want, types.FunctionType) else want)
    except Exception as error:
        text = f"{name}: the check itself fails here ({type(error).__name__}: {error}). Tell the staff."
        raise CheckFailed(text) from None
    value, name = like(name, got, expected.shape, said=said), _obtain(name, None, said)[1]
    off, size = np.abs(_array(name, value).astype(complex) - expected), np.abs(expected)
    if not (off <= atol + rtol * size).all():
        worst = float((off / (size + atol / rtol)).max())
        raise CheckFailed(f"{name}: inaccurate, max relative error {worst:.1e}, tolerance {rtol:.0e}.")
    return value


def law(name: str, holds, sentence: str, said: str = "") -> None:
    """`holds` (a truth value, or a function that makes it) must be true; `sentence` names the law that is broken."""
    value, name = _obtain(name, holds, said)
    _must(value, f"{name}: {sentence}")


def gradient(name: str, got, f, x, upstream=None, eps: float = 1e-6, rtol: float = 1e-4, said: str = "") -> None:
    """`got` agrees with central differences of the student's own `f` at `x` (float64 array or tensor).

    With `upstream` (an array of f's shape) the scalar that is differentiated is sum(f(x)·upstream), else f(x) itself.
    """
    analytic = _array(name, like(name, got, tuple(x.shape), said=said))
    name = _obtain(name, None, said)[1]
    point, numeric = x.detach().clone() if hasattr(x, "detach") else np.array(x), np.empty(analytic.shape)

    def scalar(index: tuple, value: float) -> float:
        point[index] = value
        out = _array(name, _obtain(name, lambda: f(point))[0])
        return float((out * (1.0 if upstream is None else _array(name, upstream))).sum())

    for index in itertools.product(*map(range, analytic.shape)):
        kept = float(point[index])
        numeric[index] = (scalar(index, kept + eps) - scalar(index, kept - eps)) / (2 * eps)
        point[index] = kept
    error, size = np.abs(analytic - numeric), np.abs(numeric) + 1e-3
    worst = f"max relative error {(error / size).max(initial=0):.1e}"
    _must((error <= rtol * size).all(), f"{name}: disagrees with finite differences of your own forward, {worst}.")


def cell_of(made) -> str:
    """The text, as it was typed, of the last cell that defines the name which `made`, a `lambda: name`, looks up; ""
    if none does."""
    name = re.escape(made.__code__.co_names[0])
    defines = rf"^((def|class)\s+{name}\b|{name}\s*(:[^=\n]*)?=(?!=))"
    typed = NOTED["ip"].history_manager.input_hist_raw
    return next((text for text in reversed(typed) if re.search(defines, textwrap.dedent(text), re.M)), "")


def only_numpy(name: str, thing) -> None:
    """The cell that defines `thing` uses NumPy and nothing else; the grader reads the same after submission."""
    _obtain(name, thing)
    reason = _obtain(name, lambda: refusal(cell_of(thing)))[0]
    _must(not reason, f"{name}: {reason}.")


def does_without(name: str, thing, *forbidden: str) -> None:
    """The cell that defines `thing` does not reach for these names; the grader reads the same after submission."""
    _obtain(name, thing)
    reason = _obtain(name, lambda: reached(cell_of(thing), forbidden))[0]
    _must(not reason, f"{name}: {reason}.")


def predictions(path: str, rows: int) -> None:
    """The file at `path` has the form that the grader reads: id,label and `rows` rows of an id and a class."""
    _must(os.path.isfile(path), f"{path}: it is not there.")
    text = pathlib.Path(path).read_text("utf-8", "replace").removeprefix("\ufeff")
    head, *lines = [line.strip() for line in text.splitlines() if line.strip()] or [""]
    fits = "".join(head.split()).lower().replace('"', "") == "id,label"
    _must(fits, f"{path}: its first line must be id,label, not {head[:40]!r}.")
    _must(len(lines) == rows, f"{path}: it has {len(lines):,} rows below the header, expected {rows:,}.")
    ids = set()
    for number, line in enumerate(lines, 2):
        pair = re.findall(r'^"*(\d{1,8})"*\s*,\s*"*0{0,7}\d"*$', line, re.A)
        _must(pair, f"{path}: line {number} is {line[:40]!r}: expected an id and a label from 0 to 9, as in 0,3.")
        ids.add(int(pair[0]))
    missing = min(set(range(rows)) - ids, default=rows)
    _must(missing == rows, f"{path}: its ids must be 0 to {rows - 1:,}, each once, and {missing:,} is not there.")


def passed(question: str) -> None:
    """Say that the visible checks of `question` passed, and that they are not all."""
    calls = rf"(?<![\w.]){NOTED.get('alias')}\.(exists|like|close|law|gradient)\("
    # Whether an answer is there and of its kind may be all that this cell looks at.
    only_exists = set(re.findall(calls, NOTED.get("cell", ""))) == {"exists"}
    print(f"✓ {question}: {RECORDED if only_exists else OTHERS_FOLLOW}.")
