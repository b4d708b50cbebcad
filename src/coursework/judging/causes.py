"""Why an answer's own cell failed, and whether the grader's environment is the reason rather than the answer."""

import builtins
import re

from nbformat.notebooknode import NotebookNode

from coursework.core.cells import grade_id_of, is_answer
from coursework.core.text import aside, for_staff
from coursework.core.verdicts import CellVerdict
from coursework.judging.differences import Versions, explains, here

# What an answer may miss in the grader and have on Colab.
ENVIRONMENT = re.compile(
    r"^(ModuleNotFoundError|ImportError|UsageError)\b|\bCUDA\b|NVIDIA|google\.colab|\bmps\b|\bXLA\b", re.S
)
# What a test says where an answer asks for a device that is not there: `notebook.checks`, PyTorch.
ASKS_FOR_ONE = re.compile(r"no such GPU|NVIDIA|with CUDA|for mps devices")

UNANSWERED = "not answered yet"  # what a stub's NotImplementedError means


def error_text(output: NotebookNode, seen: bool = True) -> str:
    """Why a part of a test ended, for a message; what the student's process said is an aside unless it was `seen`."""
    if output.ename == "CellTimeoutError":
        return "no answer within the time limit: look for a loop that never ends or runs over single numbers"
    if output.ename == "KeyboardInterrupt":
        return "stopped by the time or output limit"
    if output.ename == "NotImplementedError":
        return UNANSWERED
    whole = f"{output.ename}: {str(output.evalue)[:300]}".strip().rstrip(".:")
    return whole if seen else f"the test ended with an error{aside(f' ({whole})')}"


def failed_answers(nb: NotebookNode) -> dict[str, str]:
    """item → the error that its answer's cell ended with, and its line.

    The student reads the kind of error, their own line, and the name of a module that is missing. What their process
    says besides is an aside: it could hold a hidden test that ran before.
    """
    found = {}
    for cell in nb.cells:
        errors = [o for o in cell.get("outputs", []) if o.output_type == "error"]
        if cell.cell_type == "code" and is_answer(cell) and errors and errors[-1].ename != "CheckFailed":
            kind, said = str(errors[-1].ename), str(errors[-1].evalue)
            if kind in ("CellTimeoutError", "KeyboardInterrupt"):
                found[grade_id_of(cell)] = error_text(errors[-1])
                continue
            trace = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(str(line) for line in errors[-1].get("traceback", [])))
            number = re.search(r"line (\d+)\)?$", said) if kind == "SyntaxError" else None
            number = number or re.search(r"^-+> ?(\d+) ", trace, re.M)
            lines = dict(enumerate(cell.source.splitlines(), 1))
            line = lines.get(int(number[1]), "").strip()[:120] if number else ""
            module = re.fullmatch(r"No module named '([\w.]+)'", said)
            known = kind if hasattr(builtins, kind) or kind == "UsageError" else "an error"
            known += f": {said}" if module and module[1].split(".")[0] in cell.source else ""
            where = f" (line {number[1]}: `{line}`)" if number and line else ""
            more = said[:300] if known == kind else "" if known.endswith(said) else f"{kind}: {said[:300]}"
            found[grade_id_of(cell)] = f"{known}{where}{aside(f' ({more})') if said and more else ''}"
    return found


def without_a_gpu(cells: dict[str, CellVerdict]) -> list[str]:
    """A sentence on the tests in which an answer asked for a device that the grader lacks: there it may be right."""
    found = [name for name, verdict in cells.items() if verdict.score < verdict.points and _asks_for_a_gpu(verdict)]
    return [f"the code asks for a GPU, and the grader has none: {', '.join(found)}"] if found else []


def _asks_for_a_gpu(verdict: CellVerdict) -> bool:
    texts = [verdict.message, verdict.staff, *(f"{found.message} {found.staff}" for found in verdict.checks)]
    return any(map(ASKS_FOR_ONE.search, texts))


def environment_reasons(nb: NotebookNode, theirs: Versions) -> list[str]:
    """Sentences on answers whose cells failed for want of something that the student's own environment has."""
    found = []
    for item, text in failed_answers(nb).items():
        why = explains(text, theirs, here())
        if why or ENVIRONMENT.search(text):
            known = f" ({why})" if why else ""
            text = for_staff(text)
            found.append(f"the cell {item} failed for a reason that may lie in the grader's environment{known}: {text}")
    return found
