"""A caller with eyes: what a hidden test emits of one call of a student's function, besides its result.

`call` and `steps` emit values and decide nothing; the judge compares them outside the student's process. Copied into
the released notebooks like `coursework.notebook.checks`, by the same rules.
"""

import copy
import sys
import types

import numpy as np

from coursework.notebook.switches import LEFT, put_back, read, seed, turned
from coursework.notebook.wire import as_array, as_wire, emit, held, raised, require_grader

LARGE = 4096  # elements; of a larger argument it is emitted how many entries have changed, not all of them
CLAUSES = ("arguments", "again", "model", "fresh")
PARTS = ("mode", "requires_grad", "parameters", "switches")  # of the clause "model"


def call(
    name: str,
    function,
    *args,
    said: str = "",
    rtol: float = 1e-5,
    atol: float = 1e-8,
    without=(),
    pick=None,
    make=None,
    types_too: bool = False,
    seed: int = 0,
    **kwargs,
) -> None:
    """Call `function(*args, **kwargs)` twice and emit what the clauses of a contract need, one probe for each.

    `name` (clause "value") is the result; `name [arguments]` the arguments after the call; `name [again]` the result of
    a second call with fresh copies; `name [model]` whether switches of the process or, in a network among the
    arguments, modes, requires_grad or parameters have changed; `name [fresh]` whether results share memory with
    arguments or with each other. What the reference changes or shares, a student may, too.

    Args:
        without: clauses that are not asked for, or parts of "model": "mode", "requires_grad", "parameters", "switches".
        pick: makes values of a result that is none, such as a network or an object.
        make: a function that returns the tuple of arguments anew; for what cannot be copied, and for objects of the
            student's classes. In place of `args`.
        types_too: emit, as `name [type]`, the types and dtypes of the result, too.
        seed: of all global random states before each call.
    """
    require_grader()
    unknown = [clause for clause in without if clause not in CLAUSES + PARTS]
    if unknown:
        raise ValueError(f"{name}: there is no clause {unknown[0]!r} to do without")
    probes: dict = {}
    state = read()
    try:
        first, second = [(_made(make, seed), kwargs) for _ in range(2)] if make else ((args, kwargs), None)
        second = second or _copies(first)
        noted = _noted(first, "model" not in without and "parameters" not in without)
        result, value = _called(function, first, seed, pick)
        probes["model"] = _changes(noted, turned({**state, **LEFT}))
        put_back(state)
        probes["arguments"] = _arguments(noted, first)
        probes["fresh"] = _sharing(result, pick, first)
        if types_too:
            probes["type"] = {"kind": "text", "value": _type(result if pick is None else pick(result))}
        probes["again"] = value if "again" in without else _called(function, second, seed, pick)[1]
    except Exception as error:  # `make` ran the student's code, or an object of theirs cannot be looked at
        value = raised(error)
        probes = {clause: probes.get(clause, value) for clause in (*CLAUSES, *(["type"] if types_too else []))}
    put_back(state)
    close = {"rtol": float(rtol), "atol": float(atol)}
    emit(name, value, close, said)
    rules: dict = {"again": {**close, "same_as": name}, "model": {"at_most": True}, "fresh": {"at_most": True}}
    for clause, found in probes.items():
        if clause in without:
            continue
        if clause == "model" and found["kind"] == "dict":
            found["items"] = {k: v for k, v in found["items"].items() if k not in without}
        emit(f"{name} [{clause}]", found, rules.get(clause, close), said, clause)


def steps(
    name: str, function, make, few: int = 4, many: int = 256, most: float = 2.0, said: str = "", clause: str = "loop"
) -> None:
    """Emit how many times more steps the student's own code takes for `many` samples than for `few`.

    `make(n)` returns the tuple of arguments for n samples. A step is one instruction of Python's bytecode in code that
    is in a cell: the count is exact, and the same on every machine, however busy. Whole-array code takes as many
    steps for many samples as for few (1.0); a loop over samples takes about many / few times as many. The ratio must
    be at most `most`. Work in a library, a sort for one, is not counted.
    """
    require_grader()
    try:
        counts = [_counted(function, make, n) for n in (few, many)]
        value = as_wire(counts[1] / max(counts[0], 1))
    except Exception as error:
        value = raised(error)
    emit(name, value, {"between": [0.0, float(most)]}, said, clause)


def _counted(function, make, n: int) -> int:
    """Instructions that run in cells' code while `function(*make(n))` does, the second time.

    From Python 3.12 on, code that is entered for the first time since somebody counts has no events yet.
    """
    count = [0]

    def inside(frame, event, arg):
        count[0] += event == "opcode"
        return inside

    def entered(frame, event, arg):
        file = frame.f_code.co_filename
        if "ipykernel" not in file and not file.startswith("<ipython-input"):
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        return inside

    before = sys.gettrace()
    for _ in range(2):
        args, count[0] = make(n), 0
        sys.settrace(entered)
        try:
            function(*args)
        finally:
            sys.settrace(before)
    return count[0]


def _made(make, number: int) -> tuple:
    seed(number)
    return make()


def _called(function, given, number: int, pick):
    """(the result, None where the call raised; the value to emit)."""
    args, kwargs = given
    seed(number)
    try:
        result = function(*args, **kwargs)
        return result, as_wire(result if pick is None else pick(result))
    except Exception as error:
        return None, raised(error)


def _copies(given):
    """Copies of the arguments that share nothing with them; what cannot be copied is taken as it is."""
    torch = sys.modules.get("torch")
    memo: dict = {}
    for leaf in _leaves(given):
        if torch is not None and isinstance(leaf, torch.Tensor) and not leaf.is_leaf:
            memo[id(leaf)] = leaf.detach().clone().requires_grad_(leaf.requires_grad)

    def copied(thing):
        if type(thing) in (list, tuple):
            return type(thing)(copied(part) for part in thing)
        if type(thing) is dict:
            return {key: copied(part) for key, part in thing.items()}
        if isinstance(thing, (types.FunctionType, types.BuiltinFunctionType, types.MethodType)):
            return thing
        try:
            return copy.deepcopy(thing, memo)
        except Exception:
            return thing

    return copied(given)


def _parts(thing, depth: int = 0) -> list:
    """`thing` and what its lists, tuples and dictionaries hold."""
    items = held(thing)
    if items is None or depth >= 4:
        return [thing]
    inner = [value for _, value in items] if isinstance(thing, dict) else items
    return [leaf for part in inner for leaf in _parts(part, depth + 1)]


def _leaves(thing) -> list:
    """Arrays and tensors in `thing`, those of networks included."""
    torch = sys.modules.get("torch")
    found: list = []
    for part in _parts(thing):
        if isinstance(part, np.ndarray) or (torch is not None and isinstance(part, torch.Tensor)):
            found.append(part)
        elif torch is not None and isinstance(part, torch.nn.Module):
            found += [p for p in [*part.parameters(), *part.buffers()] if _is_there(p)]
    return found


def _is_there(tensor) -> bool:
    """Whether a parameter has its values: a lazy one gets them in the first call."""
    return not hasattr(tensor, "materialize") and tensor.layout == sys.modules["torch"].strided


def _networks(given) -> list:
    torch = sys.modules.get("torch")
    return [] if torch is None else [part for part in _parts(given) if isinstance(part, torch.nn.Module)]


def _numbered(given) -> dict:
    args, kwargs = given
    return {**{f"argument {place}": arg for place, arg in enumerate(args, 1)}, **kwargs}


def _noted(given, weights_too: bool) -> dict:
    """What the arguments are before the call: values of large ones, and of networks modes, flags and parameters."""
    large = {id(leaf): (leaf, as_array(leaf).copy()) for leaf in _parts(given) if _size(leaf) > LARGE}
    modes = [(m, m.training) for network in _networks(given) for m in network.modules()]
    weights = [leaf for network in _networks(given) for leaf in _leaves(network)] if weights_too else []
    flags = [(leaf, leaf.requires_grad) for leaf in _leaves(given) if hasattr(leaf, "requires_grad")]
    return {
        "large": large,
        "modes": modes,
        "flags": flags,
        "weights": [(leaf, leaf.detach().clone()) for leaf in weights],
    }


def _size(thing) -> int:
    torch = sys.modules.get("torch")
    tensor = torch is not None and isinstance(thing, torch.Tensor) and _is_there(thing)
    return thing.numel() if tensor else thing.size if isinstance(thing, np.ndarray) else 0


def _changes(noted: dict, switched: list) -> dict:
    """Part of the clause "model" → 1 where it has changed, and which switches."""
    mode = any(module.training != before for module, before in noted["modes"])
    flags = any(leaf.requires_grad != before for leaf, before in noted["flags"])
    weights = any(
        leaf.shape != before.shape or not np.array_equal(as_array(leaf), as_array(before), equal_nan=True)
        for leaf, before in noted["weights"]
    )
    found = {"mode": int(mode), "requires_grad": int(flags), "parameters": int(weights), "switches": len(switched)}
    # Which ones, for the message; nothing depends on it.
    return as_wire({**found, "turned": ", ".join(switched)} if switched else found)


def _arguments(noted: dict, given) -> dict:
    """The arguments after the call; objects and networks, which have no value, as nothing."""

    def told(thing, depth=0):
        if id(thing) in noted["large"]:
            now, before = as_array(thing), noted["large"][id(thing)][1]
            return as_wire(int((now != before).sum()) if now.shape == before.shape else -1)
        if type(thing) in (list, tuple) and depth < 3 and len(thing) <= 64:
            return {"kind": "list", "items": [told(part, depth + 1) for part in thing]}
        if type(thing) is dict and depth < 3 and len(thing) <= 64:
            return {"kind": "dict", "items": {str(key): told(part, depth + 1) for key, part in thing.items()}}
        value = as_wire(thing)
        return {"kind": "none"} if value["kind"] == "other" else value

    return {"kind": "dict", "items": {key: told(thing) for key, thing in _numbered(given).items()}}


def _sharing(result, pick, given) -> dict:
    """Whether a result shares memory with an argument, and two results with each other: 0 or 1."""
    results = _leaves(result)
    if not results and pick is not None and result is not None:
        results = _leaves(pick(result))
    results, arguments = _plain(results[:64]), _plain(_leaves(given)[:256])
    with_arguments = any(_share(r, a) for r in results for a in arguments)
    among = any(_share(r, s) for place, r in enumerate(results) for s in results[:place])
    return as_wire({"with arguments": int(with_arguments), "with each other": int(among)})


def _plain(leaves: list) -> list:
    """As NumPy arrays on the same memory; those that NumPy cannot show are left out."""
    found = []
    for leaf in leaves:
        try:
            found.append(leaf if isinstance(leaf, np.ndarray) else leaf.detach().cpu().numpy())
        except (RuntimeError, TypeError):
            continue
    return found


def _share(one, other) -> bool:
    try:
        return bool(np.shares_memory(one, other, 10_000))  # type: ignore[arg-type]
    except RuntimeError:  # too hard to tell: their bounds overlap
        return True


def _type(thing, depth: int = 0) -> str:
    """Types and dtypes as a text: a number is one whether Python's, NumPy's or a 0-dim tensor's."""
    items = held(thing) if depth < 3 else None
    if items is not None and not isinstance(thing, dict):
        return "(" + ", ".join(_type(part, depth + 1) for part in items[:64]) + ")"
    if items is not None:
        return "{" + ", ".join(f"{key}: {_type(part, depth + 1)}" for key, part in items[:64]) + "}"
    array = as_array(thing)
    if array is None:
        return type(thing).__name__
    if array.ndim == 0:
        return {"f": "a float", "b": "a truth value", "c": "a complex number"}.get(array.dtype.kind, "an integer")
    return f"a {array.dtype.name} {'array' if isinstance(thing, np.ndarray) else 'tensor'}"
