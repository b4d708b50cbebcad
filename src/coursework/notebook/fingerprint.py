"""Whether a training run that was kept in a checkpoint still belongs to the code in the notebook.

A notebook says ``from coursework.notebook import fingerprint as same_run  # inlined`` and puts `same_run.mark(...)`
beside the weights. A student who corrects the network or the optimizer and runs again gets a new run; one who only
reconnects goes on. The rules of `datasets` for inlined files hold here, too.
"""

import hashlib
import inspect
import types

import torch

__all__ = ["mark"]


def mark(*things):
    """A fingerprint, text, of functions, networks and values: another one after an edit, the same in a new session.

    Of a function count its code, its defaults, and what it uses of the notebook: other functions, classes, numbers and
    texts. Of a network count its layers, the shapes of its parameters and the methods of its classes, not its weights.
    """
    return hashlib.sha256(repr([_told(thing, set()) for thing in things]).encode()).hexdigest()


def _told(thing, seen):
    """What `thing` is and does, as nested lists; `seen` holds the functions and classes that were told before."""
    if isinstance(thing, torch.nn.Module):
        classes = list(dict.fromkeys(type(m) for m in thing.modules()))
        shapes = [(name, tuple(p.shape)) for name, p in thing.named_parameters()]
        return [repr(thing), shapes, [_told(c, seen) for c in classes]]
    if isinstance(thing, types.CodeType):
        return [thing.co_code.hex(), thing.co_names, [_told(c, seen) for c in thing.co_consts]]
    if isinstance(thing, frozenset):  # in an order that does not change from session to session
        return sorted(map(repr, thing))
    if not isinstance(thing, (type, types.FunctionType)):
        return repr(thing)
    if thing in seen or thing.__module__.split(".")[0] in ("torch", "torchvision", "numpy"):
        return thing.__qualname__
    seen.add(thing)
    if isinstance(thing, type):
        return [(n, _told(f, seen)) for n, f in vars(thing).items() if isinstance(f, types.FunctionType)]
    used = {n: thing.__globals__[n] for n in _names(thing.__code__) if n in thing.__globals__}
    used |= inspect.getclosurevars(thing).nonlocals
    plain = (bool, int, float, str, tuple, type, types.FunctionType)
    around = [(n, _told(used[n], seen)) for n in sorted(used) if isinstance(used[n], plain)]
    return [_told(thing.__code__, seen), repr(thing.__defaults__), around]


def _names(code):
    """The names that `code` and the functions within it look up."""
    inner = [_names(c) for c in code.co_consts if isinstance(c, types.CodeType)]
    return set(code.co_names).union(*inner)
