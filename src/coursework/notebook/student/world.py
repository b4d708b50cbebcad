"""What a cell of the student's own has changed, told before a check; the grader's edition puts it back as well.

In the student's own notebook a changed name or switch stays as it is: their next cell may count on it.
"""

import builtins
import os
import re
import sys

import numpy as np

# "ip": IPython, and its "globals"; "alias": of the checks; "switches" after the set-up; "given": name → its meaning.
# "mine": the same of the student's own functions and classes.
NOTED: dict = {}


def _switches() -> dict:
    """Name → state of what a cell can turn for all that follow."""
    torch = sys.modules.get("torch")
    found = {"the working folder": os.getcwd() if os.path.exists(".") else "", "NumPy's error state": np.geterr()}
    if torch is not None:
        found["gradients"] = torch.is_grad_enabled()
        found["PyTorch's default dtype"] = torch.get_default_dtype()
        found["PyTorch's default device"] = str(torch.tensor(0).device)
        found["anomaly detection"] = torch.is_anomaly_enabled()
    return found


def _cell(name: str) -> str:
    """The latest cell that gives `name` a meaning, for a message."""
    binds = rf"^[^#\n]*(?<![\w.]){name}\b[^\n=(]*=(?!=)|^\s*(?:def|class|for|import|from|with)\b[^\n]*\b{name}\b"
    for number, text in reversed(list(enumerate(NOTED["ip"].user_ns.get("In", [])))):
        if found := re.search(binds, text, re.M):
            line = text[text.rfind("\n", 0, found.end()) + 1 :].split("\n")[0]
            return f"cell [{number}] (`{line.strip()[:80]}`)"
    return "a cell of your own"


def _overwritten() -> list:
    """The names of Python and of given cells that mean something else now."""
    if not NOTED:
        return []
    right = {n: v for n, v in vars(builtins).items() if n[0] != "_"} | NOTED["given"]
    for name in ("display", "exit", "quit"):  # IPython's own
        right.pop(name, None)
    return [n for n, v in right.items() if NOTED["ip"].user_ns.get(n, v) is not v]


def _before_cell(info) -> None:
    text = getattr(info, "raw_cell", None) or ""
    if f"{NOTED['alias']}." not in text or text.startswith("# @title") or NOTED["switches"] is None:
        return
    now = _switches()
    turned = [name for name, state in NOTED["switches"].items() if now.get(name) != state]
    told = [f"`{name}` has another meaning since {_cell(name)}" for name in _overwritten()]
    told += [f"a cell of yours has changed {', '.join(turned)}"] if turned else []
    for line in told[:5]:
        print(f"Note: {line}. These checks see that; the grader's begin as the set-up cell left it.")


def _after_cell(result) -> None:
    ip, text = NOTED["ip"], getattr(getattr(result, "info", None), "raw_cell", None) or ""
    names = re.findall(r"^(?:def|class)\s+(\w+)", text, re.M)
    if not text.startswith("# @title"):
        NOTED["mine"].update({n: ip.user_ns.get(n) for n in names})
    for name in [n for n, mine in NOTED["mine"].items() if ip.user_ns.get(n) is not mine]:
        del NOTED["mine"][name]
        if text.startswith("# @title"):
            print(f"Note: this given cell uses the name `{name}`, too. Rename yours, and run your cell again.")
    if NOTED["switches"] is None or text.startswith("# @title"):
        known = [n for n, v in ip.user_ns.items() if n[0] != "_" and (callable(v) or type(v) is type(sys))]
        fresh = known if NOTED["switches"] is None else names
        NOTED["given"].update({n: ip.user_ns[n] for n in fresh if n in ip.user_ns})
        NOTED["switches"] = NOTED["switches"] or _switches()


def hint(error: BaseException) -> str:
    """Where a name was overwritten that the failing code of a cell looks up; "" if none was."""
    names: set = set()
    trace = error.__traceback__
    while trace is not None:
        names |= set(trace.tb_frame.f_code.co_names) if trace.tb_frame.f_globals is NOTED.get("globals") else set()
        trace = trace.tb_next
    found = [f"`{name}` was given another meaning in {_cell(name)}" for name in sorted(names & set(_overwritten()))]
    return f" ({'; '.join(found[:3])})" if found else ""


def start(alias: str) -> None:
    """Watch for changed names and switches from now on; `alias` is what the notebook calls the checks."""
    ip = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if ip is None:
        return
    NOTED.update(ip=ip, globals=ip.user_ns, alias=alias, switches=None, given={}, mine={})
    for event, function in (("pre_run_cell", _before_cell), ("post_run_cell", _after_cell)):
        for earlier in list(ip.events.callbacks[event]):
            if getattr(earlier, "__name__", "") == function.__name__:
                ip.events.unregister(event, earlier)
        ip.events.register(event, function)
