"""Decide, outside the student's process, what each test cell is worth: its probes' values beside the reference's.

Nothing that stands in a hand-in (outputs, metadata, tags) is believed: a probe's record is read only from the outputs
of the grading run, all rules come from the reference's emission, and before nbgrader reads a score, the outputs of each
test cell are replaced by one plain float and a message.
"""

import base64
import binascii
import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from nbformat import v4
from nbformat.notebooknode import NotebookNode
from nbgrader.utils import is_grade, is_solution

from coursework.checks import PROBE_MIME
from coursework.purity import refusal

SHOWN_SIGNATURE = 256  # elements of a wrong answer's value that are kept to recognise it
WORDS = {"f": "floats", "i": "integers", "b": "truth values", "c": "complex numbers"}


@dataclass
class Finding:
    """What the judge says of one probe: `fraction` of the points, the ladder's `rung` (None if right), a sentence."""

    name: str
    fraction: float
    message: str = ""
    rung: int | None = None
    slip: str | None = None

    def record(self) -> dict[str, Any]:
        return self.__dict__.copy()


@dataclass
class CellVerdict:
    points: float
    score: float = 0.0
    message: str = ""
    checks: list[Finding] = field(default_factory=list)


def emissions(cell: NotebookNode) -> list[dict]:
    """The probe records among a cell's outputs, malformed ones dropped."""
    found = []
    for output in cell.get("outputs", []):
        record = output.get("data", {}).get(PROBE_MIME) if output.get("output_type") == "display_data" else None
        if isinstance(record, dict) and isinstance(record.get("name"), str) and isinstance(record.get("value"), dict):
            found.append(record)
    return found


def decode(value: dict) -> np.ndarray | None:
    """The array of a wire value; None when it is no well-formed array."""
    try:
        if value["kind"] != "array" or value["as"] not in ("<f8", "<i8", "|b1", "<c16"):
            return None
        raw = base64.b64decode(value["data"], validate=True)
        shape = [int(n) for n in value["shape"]]
        if any(n < 0 for n in shape):
            return None
        return np.frombuffer(raw, dtype=value["as"]).reshape(shape)
    except (KeyError, TypeError, ValueError, binascii.Error):
        return None


def _describe(value: dict) -> str:
    kind = value.get("kind")
    if kind == "array":
        shape = tuple(value.get("shape", ()))
        return f"{value.get('dtype', 'an array')} of shape {shape}" if shape else f"a {value.get('dtype', 'number')}"
    names = {"none": "None", "text": "a text", "list": "a list or tuple", "dict": "a dictionary"}
    return names.get(str(kind), f"a {str(value.get('type', 'value'))[:60]}")


def compare(want: dict, got: dict, rtol: float, atol: float) -> tuple[int, str] | None:
    """None if `got` equals the reference's `want`; else (rung, what is wrong, without the expected values)."""
    if want.get("kind") == "raised":
        same = got.get("kind") == "raised" and got.get("type") == want.get("type")
        return None if same else (5, f"expected a {want.get('type')} here, got {_describe(got)}")
    if got.get("kind") == "raised":
        kind, text = str(got.get("type"))[:80], str(got.get("message"))[:400]
        if kind == "NotImplementedError":
            return 2, "not answered yet"
        if kind == "NameError":
            return 2, f"{text}: is the cell that defines it there, and does it run?"
        return 3, f"your code raised {kind}: {text}"
    if want.get("kind") == "list":
        return _compare_lists(want, got, rtol, atol)
    if want.get("kind") == "dict":
        return _compare_dicts(want, got, rtol, atol)
    expected = decode(want)
    if expected is None:
        same = want.get("kind") == got.get("kind") and want.get("value") == got.get("value")
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
        return 7, "not the truth value that the contract asks for"
    with np.errstate(invalid="ignore", over="ignore"):
        error = np.abs(actual.astype(complex) - expected)
        if (error <= atol + rtol * np.abs(expected)).all():
            return None
        if expected.ndim == 0:
            return 10, "the value is not right"
        scale = np.abs(expected) + (atol / rtol if rtol else 1.0)
        worst = float((error / np.where(scale == 0, 1.0, scale)).max())
    size = f"{worst:.1e}" if math.isfinite(worst) else "infinite"
    return 10, f"inaccurate: max relative error {size}, tolerance {rtol:.0e}"


def _compare_lists(want: dict, got: dict, rtol: float, atol: float) -> tuple[int, str] | None:
    wanted = want.get("items", [])
    array = decode(got)
    if array is not None and array.ndim == 1 and len(array) == len(wanted):  # a tensor where a tuple was expected
        got = {"kind": "list", "items": [_scalar(x) for x in array]}
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
    return None


def _scalar(x: np.generic) -> dict:
    wire = {"f": "<f8", "i": "<i8", "b": "|b1", "c": "<c16"}[x.dtype.kind]
    data = base64.b64encode(np.asarray(x, dtype=wire).tobytes()).decode()
    return {"kind": "array", "dtype": x.dtype.name, "shape": [], "as": wire, "data": data}


def judge_probe(reference: dict, record: dict | None, stopped: str, slip: dict | None = None) -> Finding:
    """One probe: the student's `record` (None if it was not emitted) under the law of the `reference` record.

    `slip` is the known wrong answer that the whole cell matches, if there is one.
    """
    name, rules = reference["name"], reference["rules"]
    said = f" ({reference['said']})" if reference.get("said") else ""
    if record is None:
        return Finding(
            name, 0.0, f"{name}: not run, {stopped or 'the test was cut off before it'}.", 4 if stopped else 3
        )
    got = record["value"]
    if "bands" in rules or "between" in rules:
        return _judge_number(name, rules, got)
    problem = compare(reference["value"], got, rules["rtol"], rules["atol"])
    if problem is None:
        return Finding(name, 1.0)
    rung, text = problem
    if slip is not None and name in slip["values"]:
        return Finding(name, 0.0, f"{name}{said}: {slip['sentence']}", 9, slip["file"])
    return Finding(name, 0.0, f"{name}{said}: {text}.", rung)


def _judge_number(name: str, rules: dict, got: dict) -> Finding:
    array = decode(got)
    if array is None or array.ndim or array.dtype.kind not in "fi" or not np.isfinite(array):
        problem = compare(_scalar(np.float64(0)), got, 1.0, 0.0)
        return Finding(name, 0.0, f"{name}: {problem[1] if problem else 'no finite number'}.", 5)
    value = float(array)
    if "between" in rules:
        low, high = rules["between"]
        if low <= value <= high:
            return Finding(name, 1.0)
        return Finding(name, 0.0, f"{name}: {value:.4g} is not between {low:.4g} and {high:.4g}.", 7)
    for threshold, fraction in rules["bands"]:
        if value >= threshold:
            note = "" if fraction == 1 else f"{name}: {value:.4g} reaches the band from {threshold:.4g} on."
            return Finding(name, float(fraction), note, None if fraction == 1 else 7)
    return Finding(name, 0.0, f"{name}: {value:.4g} is below the lowest band, {rules['bands'][-1][0]:.4g}.", 7)


def signature(value: dict) -> dict | None:
    """The short form of a wrong answer's emitted value by which it is recognised; None if it has none."""
    array = decode(value)
    if array is not None:
        flat = array.ravel()[:SHOWN_SIGNATURE]
        if flat.dtype.kind == "c" or not np.isfinite(flat).all():
            return None
        return {"shape": list(array.shape), "head": [float(f"{x:.9g}") for x in flat.astype(float)]}
    if value.get("kind") == "list":
        parts = [signature(v) for v in value["items"]]
        return {"items": parts} if any(parts) else None
    if value.get("kind") == "dict":
        named = {k: signature(v) for k, v in value["items"].items()}
        return {"named": named} if any(named.values()) else None
    return None  # an exception has too many causes to name one


def signature_matches(known: dict | None, got: Any, rules: dict) -> bool:
    """Whether the student's emitted value is the one of a known wrong answer, within the check's own tolerance."""
    if known is None or not isinstance(got, dict):
        return False
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
        return all(signature_matches(m, t, rules) for m, t in pairs if m is not None)
    array = decode(got)
    if array is None or list(array.shape) != known["shape"] or array.dtype.kind == "c":
        return False
    flat, head = array.ravel()[:SHOWN_SIGNATURE].astype(float), np.array(known["head"])
    return bool((np.abs(flat - head) <= max(rules["atol"], 1e-8) + max(rules["rtol"], 1e-6) * np.abs(head)).all())


def recognise(references: list[dict], records: dict[str, dict | None], slips: list[dict]) -> dict | None:
    """The known wrong answer that emitted what this one did, in every probe where that one was wrong."""
    rules = {r["name"]: r["rules"] for r in references}
    for slip in slips:
        known = {name: value for name, value in slip["values"].items() if name in rules}
        got = {name: (records.get(name) or {}).get("value") for name in known}
        if known and all(signature_matches(known[n], got[n], rules[n]) for n in known):
            return slip
    return None


def judge_cell(cell: NotebookNode, references: list[dict], stopped: str, slips: list[dict]) -> CellVerdict:
    """The verdict on one test cell. `stopped` says why the run ended before or in this cell, if it did."""
    points = float(cell.metadata.nbgrader.points)
    verdict = CellVerdict(points)
    records: dict[str, dict | None] = {}
    for record in emissions(cell):
        # A name that is emitted twice is not believed at all.
        records[record["name"]] = None if record["name"] in records else record
    errors = [o for o in cell.outputs if o.output_type == "error"]
    visible = next((str(o.evalue)[:500] for o in errors if o.ename == "CheckFailed"), "")
    if not stopped:
        stopped = next((_error_text(o) for o in errors if o.ename != "CheckFailed"), "")
    slip = recognise(references, records, slips)
    for reference in references:
        verdict.checks.append(judge_probe(reference, records.get(reference["name"]), stopped, slip))
    fraction = min((f.fraction for f in verdict.checks), default=0.0)
    score = points * fraction
    verdict.score = round(min(max(score, 0.0), points), 4) if math.isfinite(score) else 0.0
    failed = [f for f in verdict.checks if f.fraction < 1]
    if not references:
        verdict.message = "" if points == 0 else "no check in this cell: tell the staff"
    elif not failed:
        verdict.message = "all checks passed"
    else:
        # A recognised slip says most; then what the visible check said already; then the lowest rung.
        first = min(failed, key=lambda f: (f.rung != 9, f.rung or 11))
        verdict.message = visible if visible and first.rung != 9 else first.message
    return verdict


def _error_text(output: NotebookNode) -> str:
    if output.ename == "CellTimeoutError":
        return "no answer within the time limit: look for a loop that never ends or runs over single numbers"
    if output.ename == "KeyboardInterrupt":
        return "stopped by the time or output limit"
    return f"{output.ename}: {str(output.evalue)[:300]}".strip().rstrip(".")


def is_test(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and is_grade(cell) and not is_solution(cell)


def refusals(source: NotebookNode, nb: NotebookNode) -> dict[str, str]:
    """grade_id of an answer cell in `nb` → why it is refused, where `source` limits what (its) cells may import."""
    general = source.metadata.get("coursework", {}).get("imports")
    limited = {c.id: c.metadata.get("coursework", {}).get("imports", general) for c in source.cells if is_solution(c)}
    answers = {c.metadata.nbgrader.grade_id: c.source for c in nb.cells if c.cell_type == "code" and is_solution(c)}
    found = {g: refusal(text, tuple(limited[g])) for g, text in answers.items() if limited.get(g)}
    return {grade_id: reason for grade_id, reason in found.items() if reason}


def judge_notebook(
    nb: NotebookNode,
    reference: dict[str, list[dict]],
    slips: dict[str, list[dict]],
    refused: dict[str, str] | None = None,
) -> dict[str, CellVerdict]:
    """Verdicts of all test cells by grade_id; replaces their outputs by one plain float and the message.

    `refused` answers earn nothing, whatever they emitted; one without tests of its own spoils all, as names are shared.
    """
    items = {c.metadata.nbgrader.grade_id.partition("--")[0] for c in nb.cells if is_test(c)}
    everywhere = next((f"cell {g}, {text}" for g, text in (refused or {}).items() if g not in items), "")
    run = nb.metadata.get("coursework_run", {})
    stopped = run.get("stopped") or {}
    reached = stopped.get("cell") is None
    order = [cell.id for cell in nb.cells]
    end = order.index(stopped["cell"]) if stopped.get("cell") in order else len(order)
    verdicts: dict[str, CellVerdict] = {}
    for position, cell in enumerate(nb.cells):
        if not is_test(cell):
            continue
        grade_id = cell.metadata.nbgrader.grade_id
        why = run.get("cells", {}).get(cell.id, "")
        if stopped and (position >= end or (reached and not cell.get("execution_count"))):
            where = "here" if position == end else f"in {stopped.get('cell')}"
            why = f"the run ended {where}: {stopped.get('reason')}"
        verdict = judge_cell(cell, reference.get(grade_id, []), why, slips.get(grade_id, []))
        reason = (refused or {}).get(grade_id.partition("--")[0], everywhere)
        if reason and verdict.checks:
            verdict.score, verdict.message = 0.0, f"refused: {reason}"
            verdict.checks = [Finding(f.name, 0.0, verdict.message, 7) for f in verdict.checks]
        verdicts[grade_id] = verdict
        write_score(cell, verdict)
    return verdicts


def write_score(cell: NotebookNode, verdict: CellVerdict) -> None:
    """Let the cell's outputs be the message and one plain float, which nbgrader reads."""
    score = v4.new_output("execute_result", {"text/plain": repr(float(verdict.score))}, execution_count=1)
    cell.outputs = [v4.new_output("display_data", {"text/plain": verdict.message}), score]
