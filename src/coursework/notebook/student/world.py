"""What a cell of the student's own has changed, told before a check; the grader's edition puts it back as well.

In the student's own notebook a changed name or switch stays as it is: their next cell may count on it.
"""

import builtins
import linecache
import os
import re
import sys
import traceback
import types

import numpy as np

# "ip": IPython, its "globals", the "cell" that runs; "alias": of the checks; "setup": whether the cell that runs is the
# set-up; "switches": as it first left them;
# "given": name → its meaning; "mine": the same of the student's own functions and classes;
# "changed": given name → the cell that changed it.
NOTED: dict = {}


def _switches() -> dict:
    """Name → state of what a cell can turn for all that follow."""
    torch = sys.modules.get("torch")
    found = {"the working folder": os.getcwd() if os.path.exists(".") else "", "NumPy's error state": np.geterr()}
    if torch is not None:
        found |= {"gradients": torch.is_grad_enabled(), "anomaly detection": torch.is_anomaly_enabled()}
        found |= {f"PyTorch's default {w}": str(getattr(torch.tensor(0.0), w)) for w in ("dtype", "device")}
    return found


def _before_cell(info) -> None:
    NOTED["cell"] = text = info.raw_cell or ""
    if NOTED["switches"] is not None and f"{NOTED['alias']}." in text and not text.startswith("# @title"):
        now = _switches()
        turned = [name for name, state in NOTED["switches"].items() if now.get(name) != state]
        cells: dict = {}
        for name, cell in NOTED["changed"].items():
            cells.setdefault(cell, []).append(f"`{name}`")
        told = [f"{', '.join(n[:8])} {'have' if n[1:] else 'has'} another meaning since {c}" for c, n in cells.items()]
        told += [f"a cell of yours has changed {', '.join(turned)}"] if turned else []
        for line in told[:5]:
            print(f"Note: {line}. These checks see that; the grader's begin as the set-up cell left it.")


def _after_cell(result) -> None:
    names, text = NOTED["globals"], result.info.raw_cell or ""
    defined, given = re.findall(r"^(?:def|class)\s+(\w+)", text, re.M), text.startswith("# @title")
    if NOTED["setup"]:
        NOTED["setup"], given, NOTED["switches"] = False, True, NOTED["switches"] or _switches()
        known = [n for n, v in names.items() if n[0] != "_" and (callable(v) or isinstance(v, types.ModuleType))]
        # An answer may have run before it.
        defined = [n for n in known if n not in NOTED["mine"] and re.search(rf"\b{n}\b", text)]
    NOTED["given" if given else "mine"].update({n: names[n] for n in defined if n in names})
    for name in [n for n, mine in NOTED["mine"].items() if names.get(n) is not mine]:
        del NOTED["mine"][name]
        if given:
            print(f"Note: this given cell uses the name `{name}`, too. Rename yours, and run your cell again.")
    for name, right in NOTED["given"].items():
        if names.get(name, right) is right:
            NOTED["changed"].pop(name, None)
        elif name not in NOTED["changed"]:
            binds = rf"(def|class) {name}\b|\b{name}\b(?!\s*[.(])"
            line = next((line.strip() for line in text.splitlines() if re.search(rf"{binds}|import \*", line)), "")
            NOTED["changed"][name] = f"cell [{result.execution_count}] (`{line[:80]}`)"


def where(error: BaseException, check_cell: str) -> str:
    """The line of a cell that raised `error`, and which overwritten names stand in its code; "" if there is nothing.

    Lines of the cell with the check itself are not looked for.
    """
    way = traceback.walk_tb(error.__traceback__)
    own = [(frame.f_code, number) for frame, number in way if frame.f_globals is NOTED.get("globals")]
    named = [(c, n) for c, n in own if c.co_filename != check_cell and c.co_name not in ("<lambda>", "<module>")]
    lines = [linecache.getline(code.co_filename, number).strip() for code, number in named]
    names = sorted({name for code, _ in own for name in code.co_names} & set(NOTED.get("changed", ())))
    found = [f"`{name}` was given another meaning in {NOTED['changed'][name]}" for name in names[:3]]
    line = f" (line: `{lines[-1][:120]}`)" if any(lines[-1:]) else ""
    return line + (f" ({'; '.join(found)})" if found else "")


def start(alias: str) -> None:
    """Watch for changed names and switches from now on; `alias` is what the notebook calls the checks."""
    ip = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if ip is None:
        return
    python = {name: ip.user_ns.get(name, own) for name, own in vars(builtins).items() if name[0] != "_"}
    kept = {"switches": None, "given": python, "mine": {}, "changed": {}} | ip.meta.get(alias, {})
    NOTED.update(kept, ip=ip, globals=ip.user_ns, alias=alias, setup=True, cell="")
    ip.meta[alias] = NOTED  # the set-up cell may run twice
    for event, function in (("pre_run_cell", _before_cell), ("post_run_cell", _after_cell)):
        others = [f for f in ip.events.callbacks[event] if getattr(f, "__name__", "") != function.__name__]
        ip.events.callbacks[event] = [*others, function]
