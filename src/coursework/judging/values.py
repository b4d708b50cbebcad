"""Values as they travel from a notebook: decoded, compared with the reference's, and recognised by their short form.

Nothing here raises on what a student's process emitted, any JSON: a malformed value is a wrong one.
"""

import ast
import base64
import binascii
import builtins
import functools
import inspect
import math
import re
from typing import Any

import numpy as np

from coursework.core.probes import Rules
from coursework.core.text import aside
from coursework.notebook import switches

DEEPEST = 20  # values within values
SHOWN_SIGNATURE = 256  # elements of a wrong answer's value that are kept to recognise it
SAID = 200  # characters that are repeated of what a student's process says
NAMED = {"mode": "training mode", "requires_grad": "requires_grad", "parameters": "its numbers"}  # of check.call
DEFAULT = 1e-5, 1e-8  # rtol and atol of a probe that names no tolerance; integers are then compared exactly
DTYPES = re.compile(r"(?:float|int|uint|bool|complex|bfloat)\d{0,3}|long|double|half|short")  # of NumPy and PyTorch
SAYING = ("RuntimeError", "ValueError", "LinAlgError", "ZeroDivisionError")
WORDS = {"f": "floats", "i": "integers", "b": "truth values", "c": "complex numbers"}


def well_formed(value: Any, depth: int = 0) -> dict:
    """`value` as the wire has it, whatever a student's process made up; parts that are no values are "malformed"."""
    kind = value.get("kind") if isinstance(value, dict) else None
    if kind == "array" and decode(value) is not None:
        dtype = str(value.get("dtype"))  # a name, and no place for other texts
        return {**value, "dtype": dtype if re.fullmatch(r"[\w.]{1,24}", dtype) else "unknown"}
    items = value.get("items") if kind in ("list", "dict") and depth < DEEPEST else None
    if kind == "list" and isinstance(items, list):
        return {"kind": "list", "items": [well_formed(v, depth + 1) for v in items]}
    if kind == "dict" and isinstance(items, dict):
        return {"kind": "dict", "items": {str(k): well_formed(v, depth + 1) for k, v in items.items()}}
    if kind == "text" and isinstance(value.get("value"), str):
        return {"kind": "text", "value": value["value"]}
    if kind in ("raised", "other", "none"):
        said = {name: str(value[name]) for name in ("type", "message") if name in value}
        return {"type": "an error", "message": "", **said, "kind": kind} if kind == "raised" else {**said, "kind": kind}
    return {"kind": "malformed"}


def decode(value: dict) -> np.ndarray | None:
    """The array of a wire value; None when it is no well-formed array."""
    try:
        shape = value["shape"]
        if value["kind"] != "array" or value["as"] not in ("<f8", "<i8", "|b1", "<c16"):
            return None
        if not isinstance(shape, list) or not all(type(n) is int and n >= 0 for n in shape):
            return None
        raw = base64.b64decode(value["data"], validate=True)
        return np.frombuffer(raw, dtype=value["as"]).reshape(shape)
    except (KeyError, TypeError, ValueError, OverflowError, binascii.Error):
        return None


def _describe(value: dict) -> str:
    kind = value.get("kind")
    if kind == "array":
        array = decode(value)
        if array is None:
            return "a malformed array"
        dtype = str(value.get("dtype", array.dtype.name))
        dtype = dtype if DTYPES.fullmatch(dtype) else array.dtype.name
        return f"{dtype} of shape {array.shape}" if array.shape else f"a {dtype}"
    names = {"none": "None", "text": "a text", "list": "a list or tuple", "dict": "a dictionary"}
    return names.get(str(kind), f"a value of another type{aside(' (' + str(value.get('type', '?'))[:60] + ')')}")


def _raised(value: dict) -> str:
    """What a value is for a student; of an exception its type, if it is one of Python's own."""
    if value.get("kind") != "raised":
        return _describe(value)
    kind = str(value.get("type"))[:80]
    known = getattr(builtins, kind, None)
    own = isinstance(known, type) and issubclass(known, BaseException)
    return kind if own else f"an exception of another kind{aside(f' ({kind})')}"


def compare(want: dict, got: dict, rtol: float, atol: float) -> tuple[int, str] | None:
    """None if `got` equals the reference's `want`; else (rung, what is wrong, without the expected values)."""
    if got.get("kind") == "raised" and got.get("type") == "NotImplementedError" != want.get("type"):
        return 2, "not answered yet"
    if want.get("kind") == "raised":
        same = got.get("kind") == "raised" and got.get("type") == want.get("type")
        return None if same else (5, f"expected a {want.get('type')} here, got {_raised(got)}")
    if got.get("kind") == "raised":
        said = aside(f": {str(got.get('message'))[:SAID]}")
        if got.get("type") == "NameError":
            return 2, f"it needs a name that is not defined{said}. Is the cell that defines it there, and does it run?"
        return 3, f"your code raised {_raised(got)}{said}"
    if want.get("kind") == "list":
        return _compare_lists(want, got, rtol, atol)
    if want.get("kind") == "dict":
        return _compare_dicts(want, got, rtol, atol)
    expected = decode(want)
    if expected is None:
        same = want.get("kind") == got.get("kind") and want.get("value") == got.get("value")
        same = same and want.get("kind") in ("text", "none")  # of other things only the type is known
        return None if same else (5, f"got {_describe(got)}" if want.get("kind") != got.get("kind") else "another text")
    if got.get("kind") == "none":
        return 2, "got None: does your function return its result, and is the answer filled in?"
    actual = decode(got)
    if actual is None:
        return 5, f"got {_describe(got)}, expected numbers"
    if actual.shape != expected.shape:
        return 5, f"shape {actual.shape}, expected {expected.shape}" if expected.ndim or actual.ndim else "shape"
    if (actual.dtype.kind == "b") != (expected.dtype.kind == "b"):
        return 5, f"got {WORDS[actual.dtype.kind]}, expected {WORDS[expected.dtype.kind]}"
    if not np.isfinite(actual).all() and np.isfinite(expected).all():
        return 6, "has NaN or infinite entries"
    return _accuracy(expected, actual, rtol, atol)


def _accuracy(expected: np.ndarray, actual: np.ndarray, rtol: float, atol: float) -> tuple[int, str] | None:
    if np.array_equal(expected, actual):
        return None
    if expected.dtype.kind == "b":
        return 7, "this does not hold for your answer"
    with np.errstate(invalid="ignore", over="ignore"):
        error = np.abs(actual.astype(complex) - expected)
        exact = expected.dtype.kind == "i" and (rtol, atol) == DEFAULT
        if exact:  # a float may carry the rounding of its arithmetic, and no more
            rtol, atol = (0.0, 0.0) if actual.dtype.kind == "i" else (1e-9, 1e-8)
        if (error <= atol + rtol * np.abs(expected)).all():
            return None
        if expected.ndim == 0:
            return 10, "the value is not right"
        scale = np.abs(expected) + (atol / rtol if rtol else 1.0)
        worst = float((error / np.where(scale == 0, 1.0, scale)).max())
    if exact:
        return 10, f"{int((error > 0).sum())} of {error.size} integers are not right"
    size = f"{worst:.1e}" if math.isfinite(worst) else "infinite"
    return 10, f"inaccurate: max relative error {size}, tolerance {rtol:.0e}"


def _compare_lists(want: dict, got: dict, rtol: float, atol: float) -> tuple[int, str] | None:
    wanted = want.get("items", [])
    array = decode(got)
    if array is not None and array.ndim == 1 and len(array) == len(wanted):  # a tensor where a tuple was expected
        got = {"kind": "list", "items": [scalar(x) for x in array]}
    items = got.get("items")
    if got.get("kind") != "list" or not isinstance(items, list):
        return 5, f"got {_describe(got)}, expected {len(wanted)} values"
    if len(items) != len(wanted):
        return 5, f"got {len(items)} values, expected {len(wanted)}"
    for position, (w, g) in enumerate(zip(wanted, items, strict=True)):
        if not isinstance(g, dict):
            return 5, "got no values"
        if problem := compare(w, g, rtol, atol):
            return problem[0], f"value {position + 1} of {len(wanted)}: {problem[1]}"
    return None


def _compare_dicts(want: dict, got: dict, rtol: float, atol: float) -> tuple[int, str] | None:
    wanted, items = want.get("items", {}), got.get("items")
    if got.get("kind") != "dict" or not isinstance(items, dict):
        return 5, f"got {_describe(got)}, expected a dictionary"
    for key, w in wanted.items():
        if not isinstance(items.get(key), dict):
            return 5, f"{key} is missing"
        if problem := compare(w, items[key], rtol, atol):
            return problem[0], f"{key}: {problem[1]}"
    if more := sorted(set(items) - set(wanted)):
        entries = "1 entry" if len(more) == 1 else f"{len(more)} entries"
        return 5, f"{entries} too many in the dictionary{aside(f' ({more[0][:60]})')}"
    return None


def exceeded(want: dict, got: dict) -> tuple[int, str] | None:
    """None if no number of the dictionary `got` is above the reference's of the same name; else what `compare` says."""
    if got.get("kind") == "raised":
        return compare({"kind": "dict"}, got, 0, 0)
    items = got.get("items") if got.get("kind") == "dict" else None
    for key, w in want.get("items", {}).items():
        most, number = decode(w), decode(items[key]) if isinstance(items, dict) and key in items else None
        if most is None:
            continue
        if number is None or number.shape != most.shape or not (number <= most).all():
            turned = items.get("turned") if isinstance(items, dict) and key == "switches" else None
            named = _switches_in(str(turned.get("value"))) if isinstance(turned, dict) else ""
            return 7, f"{named or NAMED.get(key, key)}: it has changed"
    return None


@functools.cache
def _switch_names() -> frozenset[str]:
    """The names by which `notebook.switches` calls what a cell can turn, PyTorch's included."""
    texts = ast.walk(ast.parse(inspect.getsource(switches.switches)))
    return frozenset(n.value for n in texts if isinstance(n, ast.Constant) and isinstance(n.value, str))


def _switches_in(told: str) -> str:
    """The switches that a student's process names, and nothing else that it may have put there."""
    return ", ".join(name for name in told.split(", ")[:5] if name in _switch_names())


def unjudgeable(value: dict) -> bool:
    """Whether a value, or a part of it, is known by its type alone, so that nothing can be compared with it."""
    items = value.get("items") or []
    parts = items.values() if isinstance(items, dict) else items
    return value.get("kind") in ("other", "malformed") or any(unjudgeable(part) for part in parts)


def scalar(x: np.generic) -> dict:
    wire = {"f": "<f8", "i": "<i8", "b": "|b1", "c": "<c16"}[x.dtype.kind]
    data = base64.b64encode(np.asarray(x, dtype=wire).tobytes()).decode()
    return {"kind": "array", "dtype": x.dtype.name, "shape": [], "as": wire, "data": data}


def signature(value: dict) -> dict[str, Any] | None:
    """The short form of a wrong answer's emitted value by which it is recognised; None if it has none."""
    array = decode(value)
    if array is not None:
        flat = array.ravel()[:SHOWN_SIGNATURE]
        if flat.dtype.kind == "c" or not np.isfinite(flat).all():
            return None
        return {"shape": list(array.shape), "head": [float(f"{x:.9g}") for x in flat.astype(float)]}
    value = well_formed(value)
    if value["kind"] == "list":
        parts = [signature(v) for v in value["items"]]
        return {"items": parts} if any(parts) or not parts else None
    if value["kind"] == "dict":
        named = {k: signature(v) for k, v in value["items"].items()}
        return {"named": named} if any(named.values()) or not named else None
    # Of what was raised, only what a library says in words of its own: a message with names in it has many causes.
    if value["kind"] == "raised" and value["type"] in SAYING and "'" not in value["message"]:
        return {"raised": [value["type"], _worded(value["message"])]}
    return None


def _worded(message: str) -> str:
    return re.sub(r"[\d\W]+", " ", message)[:120].strip()


def _is_without(got: Any) -> bool:
    """Whether an emitted value has no signature: a part that had none is not any value."""
    return isinstance(got, dict) and signature(got) is None


def signature_matches(known: dict | None, got: Any, rules: Rules) -> bool:
    """Whether the student's emitted value is the one of a known wrong answer, within the check's own tolerance."""
    if known is None or not isinstance(got, dict):
        return False
    if "raised" in known:
        return got.get("kind") == "raised" and known["raised"] == [got.get("type"), _worded(str(got.get("message")))]
    if "items" in known or "named" in known:
        mine: Any = known.get("items", known.get("named"))
        theirs: Any = got.get("items")
        kind: Any = list if isinstance(mine, list) else dict  # what was read from a notebook has a dict of its own
        if not isinstance(theirs, kind) or len(mine) != len(theirs):
            return False
        if isinstance(mine, list):
            pairs = list(zip(mine, theirs, strict=True))
        else:
            pairs = [(v, theirs.get(k)) for k, v in mine.items()]
        return all(_is_without(t) if m is None else signature_matches(m, t, rules) for m, t in pairs)
    array = decode(got)
    if array is None or list(array.shape) != known["shape"] or array.dtype.kind == "c":
        return False
    flat, head = array.ravel()[:SHOWN_SIGNATURE].astype(float), np.array(known["head"])
    rtol, atol = max(rules.rtol, 1e-6), max(rules.atol, 1e-8)  # a range has none
    return bool((np.abs(flat - head) <= atol + rtol * np.abs(head)).all())
