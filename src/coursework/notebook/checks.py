"""The checks that a notebook calls.

Visible checks decide in the notebook and speak at once; a failed one raises `CheckFailed`, whose text stops at the
first rung that fails: exists, runs, type and shape, finite, law, agreement, accuracy. Hidden checks (`probe`) never
decide: they emit named values, which the grader compares with the reference solution's outside the student's process.

`release` copies what a notebook uses of this module into its set-up cell, so that it runs on Colab without a package of
ours. Hence the rules for this file: top-level functions, classes and constants only, no `global`, no multi-line strings
but docstrings, and nothing imported that Colab lacks. PyTorch is used when the notebook has imported it, not before.
"""

import linecache
import os
import re
import sys
import types
from itertools import product

import numpy as np

from coursework.notebook.artefacts import artefact
from coursework.notebook.calls import call, steps
from coursework.notebook.definitions import defined
from coursework.notebook.predictions import read_predictions
from coursework.notebook.restrictions import reached, refusal
from coursework.notebook.wire import as_array, as_wire, emit, raised, require_grader
from coursework.notebook.world import hint, start

__all__ = [
    "CheckFailed", "artefact", "call", "close", "does_without", "exists", "gradient", "law",
    "like", "only_numpy", "passed", "predictions", "probe", "start", "steps",
]  # fmt: skip

# An answer asks for a device that is not here. PyTorch would have one install a driver.
NO_GPU = "no such GPU here, nor in the grader: use the device of the model or of an argument, as in `x.to(y.device)`"
KIND_WORDS = {"f": "float", "i": "int", "u": "int", "b": "bool", "c": "complex"}
SEEN: list = []  # kinds of the visible checks since the last `passed`


class CheckFailed(AssertionError):
    """A visible check that failed. `rung` is its place on the ladder, 1 to 10; IPython shows one line, no traceback."""

    def __init__(self, message: str, rung: int):
        super().__init__(message)
        self.rung = rung
        SEEN.clear()

    def _render_traceback_(self):
        return [f"\x1b[31m✗ {self}\x1b[0m"]


def _blame(error: BaseException, check_cell: str) -> str:
    """The line of a cell that raised `error`, as ' (line: …)'; nothing for lines of the cell with the check itself."""
    line = ""
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        in_cell = "ipykernel" in code.co_filename or code.co_filename.startswith("<ipython-input")
        in_cell = in_cell and code.co_filename != check_cell
        # The checks stand in a cell too, once they are copied into the set-up cell, but they are not the student's.
        ours = getattr(code, "co_qualname", "").startswith("_load_")
        if in_cell and not ours and code.co_name not in ("<lambda>", "<module>"):
            line = linecache.getline(code.co_filename, trace.tb_lineno).strip()
        trace = trace.tb_next
    return f" (line: `{line[:120]}`)" if line else ""


def _called_with(name: str, said: str) -> str:
    return f"{name} ({said})" if said and not name.endswith(f"({said})") else name


def _obtain(name: str, got, said: str = ""):
    """`got`, called if it is a function; what goes wrong in it becomes a sentence (rungs 2 and 3)."""
    if not isinstance(got, types.FunctionType):
        return got
    try:
        return got()
    except CheckFailed:
        raise
    except NotImplementedError as error:
        raise CheckFailed(f"{name}: not answered yet ({error or 'the stub is still there'}).", 2) from None
    except NameError as error:
        raise CheckFailed(
            f"{name}: {error}. Run the cell that defines it first.{_blame(error, got.__code__.co_filename)}", 2
        ) from None
    except Exception as error:
        when = f" while it was {said}" if said else ""
        where = _blame(error, got.__code__.co_filename)
        words = NO_GPU if re.search("NVIDIA|with CUDA|for mps devices", str(error)) else str(error)[:200]
        text = f"{name}: your code raised {type(error).__name__}{when}: {words}{where}{hint(error)}"
        raise CheckFailed(text, 3) from None


def _array(name: str, value) -> np.ndarray:
    """`value` (number, array or tensor) as a NumPy array; anything else fails on rung 5."""
    if value is None:
        raise CheckFailed(f"{name}: got None. Does your function return its result?", 2)
    array = as_array(value)
    if array is not None:
        return array
    raise CheckFailed(f"{name}: got {type(value).__name__}, expected numbers (an array, a tensor or a number).", 5)


def exists(name: str, got, kind, said: str = ""):
    """The answer is there and of this kind; its value is judged after submission.

    `kind` is a type, a list of alternative types, or a tuple of types for a tuple answer. NumPy scalars and 0-dim
    tensors count as the Python number that they hold. Returns the value.
    """
    value = _obtain(name, got, said)
    SEEN.append("exists")
    of_a_call = (
        bool(said) or "(" in name or (isinstance(got, types.FunctionType) and callable(got.__globals__.get(name)))
    )
    name = _called_with(name, said)
    missing = "got None. Does your function return its result?" if of_a_call else "still None. Put your answer there."
    if value is None:
        raise CheckFailed(f"{name}: {missing}", 2)
    if isinstance(kind, tuple):
        if not isinstance(value, (tuple, list)) or len(value) != len(kind):
            wanted = "(" + ", ".join(_words(k) for k in kind) + ")"
            size = f" of {len(value)} values" if isinstance(value, (tuple, list)) else ""
            raise CheckFailed(f"{name}: expected a tuple {wanted}, got {type(value).__name__}{size}.", 5)
        for position, (part, part_kind) in enumerate(zip(value, kind, strict=True)):
            if part is None:
                raise CheckFailed(f"{name}[{position}]: {missing}", 2)
            exists(f"{name}[{position}]", part, part_kind)
        return value
    alternatives = kind if isinstance(kind, list) else [kind]
    plain = value.item() if getattr(value, "ndim", None) == 0 and hasattr(value, "item") else value
    fits = isinstance(plain, tuple(alternatives)) and not (isinstance(plain, bool) and bool not in alternatives)
    if not fits and (plain is value or not isinstance(value, tuple(alternatives))):
        raise CheckFailed(f"{name}: expected {_words(kind)}, got {type(value).__name__}.", 5)
    if isinstance(plain, float) and not np.isfinite(plain):
        raise CheckFailed(f"{name}: is {plain}.", 6)
    return value


def _words(kind) -> str:
    """The types of a list, or a type, as one reads them."""
    return " or ".join("any" if k is object else k.__name__ for k in (kind if isinstance(kind, list) else [kind]))


def like(name: str, got, shape=None, dtype=None, finite: bool = True, said: str = ""):
    """The result is numeric, of this shape (None in a place: any size), of this kind of dtype, and finite.

    `dtype` is "float", "int", "bool" or an exact name such as "float64". Returns the value as it was.
    """
    value = _obtain(name, got, said)
    SEEN.append("like")
    name = _called_with(name, said)
    array = _array(name, value)
    if shape is not None:
        fits = len(shape) == array.ndim and all(w in (None, g) for w, g in zip(shape, array.shape, strict=True))
        if not fits:
            wanted = str(tuple("any" if w is None else w for w in shape)).replace("'", "")
            raise CheckFailed(f"{name}: shape {array.shape}, expected {wanted}.", 5)
    if dtype is not None and dtype not in (KIND_WORDS[array.dtype.kind], array.dtype.name):
        raise CheckFailed(f"{name}: dtype {array.dtype.name}, expected {dtype}.", 5)
    if finite and not np.isfinite(array).all():
        raise CheckFailed(f"{name}: has NaN or infinite entries. Think of large inputs, log(0) or division by 0.", 6)
    return value


def close(name: str, got, want, rtol: float = 1e-5, atol: float = 1e-8, said: str = ""):
    """The result agrees with `want` (a value, or a function that makes it) within atol + rtol·|want|. Returns it."""
    try:
        expected = _array(name, want() if isinstance(want, types.FunctionType) else want)
    except Exception as error:
        text = f"{name}: the check itself fails here ({type(error).__name__}: {error}). Tell the staff."
        raise CheckFailed(text, 1) from None
    value = like(name, got, expected.shape, said=said)
    name = _called_with(name, said)
    off = np.abs(_array(name, value).astype(complex) - expected)
    if not (off <= atol + rtol * np.abs(expected)).all():
        worst = float((off / (np.abs(expected) + atol / rtol)).max())
        raise CheckFailed(f"{name}: inaccurate, max relative error {worst:.1e}, tolerance {rtol:.0e}.", 10)
    return value


def law(name: str, holds, sentence: str, said: str = "") -> None:
    """`holds` (a truth value, or a function that makes it) must be true; `sentence` names the law that is broken."""
    SEEN.append("law")
    if not bool(_obtain(name, holds, said)):
        raise CheckFailed(f"{_called_with(name, said)}: {sentence}", 7)


def gradient(name: str, got, f, x, upstream=None, eps: float = 1e-6, rtol: float = 1e-4, said: str = "") -> None:
    """`got` agrees with central differences of the student's own `f` at `x` (float64 array or tensor).

    With `upstream` (an array of f's shape) the scalar that is differentiated is sum(f(x)·upstream), else f(x) itself.
    """
    analytic = _array(name, like(name, got, tuple(x.shape), said=said))
    name = _called_with(name, said)
    numeric = np.empty(analytic.shape)
    point = x.detach().clone() if hasattr(x, "detach") else np.array(x)

    def scalar() -> float:
        out = _array(name, _obtain(name, lambda: f(point)))
        return float((out * (1.0 if upstream is None else _array(name, upstream))).sum())

    for index in product(*map(range, analytic.shape)):
        kept = float(point[index])
        point[index] = kept + eps
        above = scalar()
        point[index] = kept - eps
        below = scalar()
        point[index] = kept
        numeric[index] = (above - below) / (2 * eps)
    error = np.abs(analytic - numeric)
    if not (error <= rtol * (np.abs(numeric) + 1e-3)).all():
        worst = float((error / (np.abs(numeric) + 1e-3)).max())
        text = f"{name}: disagrees with finite differences of your own forward, max relative error {worst:.1e}."
        raise CheckFailed(text, 8)


def cell_of(thing) -> str:
    """The text, as it was typed, of the last cell that defines a function or a class; "" when it cannot be found."""
    ipython = sys.modules.get("IPython")
    ip = ipython.get_ipython() if ipython is not None else None
    name = getattr(thing, "__name__", "")
    if getattr(thing, "__module__", "") in ("__main__", None):
        for text in reversed(getattr(getattr(ip, "history_manager", None), "input_hist_raw", [])):
            if name in defined(text):
                return text
    functions = [thing, *(vars(thing).values() if isinstance(thing, type) else ())]
    code = next((f.__code__ for f in functions if isinstance(f, types.FunctionType)), None)
    return "".join(linecache.getlines(code.co_filename)) if code is not None else ""


def only_numpy(name: str, thing) -> None:
    """The cell that defines `thing` uses NumPy and nothing else; the grader reads the same after submission."""
    if reason := refusal(cell_of(_obtain(name, thing))):
        raise CheckFailed(f"{name}: {reason}.", 7)


def does_without(name: str, thing, *forbidden: str) -> None:
    """The cell that defines `thing` does not reach for these names; the grader reads the same after submission."""
    if reason := reached(cell_of(_obtain(name, thing)), forbidden):
        raise CheckFailed(f"{name}: {reason}.", 7)


def predictions(path: str, rows: int) -> None:
    """The file at `path` has the form that the grader reads: id,label and `rows` rows."""
    problem = "it is not there"
    if os.path.exists(path):
        with open(path, encoding="utf-8", errors="replace") as file:
            problem = read_predictions(file.read(), rows)[1]
    if problem:
        raise CheckFailed(f"{path}: {problem}.", 5)


def passed(question: str) -> None:
    """Say that the visible checks of `question` passed, and that they are not all."""
    kinds = set(SEEN)
    SEEN.clear()
    if kinds == {"exists"}:  # whether the answer is there and of its kind is all that was looked at
        print(f"✓ {question}: recorded; its value is judged after you submit.")
        return
    print(f"✓ {question}: public checks passed (hidden ones follow after submission).")


def probe(
    name: str,
    got,
    rtol: float = 1e-5,
    atol: float = 1e-8,
    between=None,
    bands=None,
    said: str = "",
    clause: str = "value",
    law: str = "",
) -> None:
    """Emit the value of `got` under `name` for the grader, with the law by which the reference's emission is judged.

    `between` = (low, high) accepts a number in that range; `bands` = [(threshold, fraction), …] gives the fraction of
    the first threshold reached; else the value must equal the reference's within atol + rtol·|reference|. What the code
    raises is emitted too. `clause` is the part of the contract that it tests (`coursework.clauses` of the answer cell);
    `law` is the sentence for a truth value that is wrong. Raises RuntimeError where no grader listens.
    """
    require_grader()
    rules: dict = {"rtol": float(rtol), "atol": float(atol)}
    if bands is not None:
        rules = {"bands": [[float(t), float(f)] for t, f in bands]}
    elif between is not None:
        rules = {"between": [float(between[0]), float(between[1])]}
    try:
        value = as_wire(got() if isinstance(got, types.FunctionType) else got)
    except Exception as error:
        value = raised(error)
    emit(name, value, rules, said, clause, law)
