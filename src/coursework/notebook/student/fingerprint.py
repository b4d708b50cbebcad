"""Whether a kept training run still belongs to the code in the notebook, told in one pass over what it is made of."""

import hashlib
import inspect
import types

import torch


def mark(*things):
    """A fingerprint, text, of functions, networks and values: another one after an edit, the same in a new session.

    Of a function count its code, its defaults, and what it uses of the notebook: other functions, classes, numbers and
    texts. Of a network count its layers, the shapes of its parameters and the methods of its classes, not its weights.
    """
    told: list = []
    todo, seen = list(things), []
    plain = (bool, int, float, str, tuple, type, types.FunctionType)
    for thing in todo:  # it grows on the way
        if isinstance(thing, torch.nn.Module):
            told.append([repr(thing), [(name, tuple(p.shape)) for name, p in thing.named_parameters()]])
            todo += dict.fromkeys(type(m) for m in thing.modules())
        elif not isinstance(thing, (type, types.FunctionType)):
            told.append(repr(thing))
        elif thing in seen or thing.__module__.split(".")[0] in ("torch", "torchvision", "numpy"):
            told.append(thing.__qualname__)
        else:
            seen.append(thing)
            parts = vars(thing) if isinstance(thing, type) else _parts(thing)
            kinds = types.FunctionType if isinstance(thing, type) else plain
            told.append(sorted(n for n in parts if isinstance(parts[n], kinds)))
            todo += [parts[name] for name in told[-1]]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _parts(function) -> dict:
    """What a function is and uses: its code and that within it as texts, its defaults, what its names mean."""
    found: dict = {"()": repr(function.__defaults__)}
    codes = [function.__code__]
    for code in codes:  # it grows on the way
        codes += [c for c in code.co_consts if isinstance(c, types.CodeType)]
        fixed = [c for c in code.co_consts if not isinstance(c, types.CodeType)]
        fixed = [sorted(map(repr, c)) if isinstance(c, frozenset) else c for c in fixed]  # the same in every session
        found[f"({len(found)})"] = f"{code.co_code.hex()} {code.co_names} {fixed}"
        found |= {name: function.__globals__[name] for name in code.co_names if name in function.__globals__}
    return {**found, **inspect.getclosurevars(function).nonlocals}
