"""Write the tables of docs/: what each assignment holds and costs, and its proof matrix. From what is on record.

Usage: python -m benchmarks.tables. Grade-mode CPU seconds are measured here, in the sandbox; full-mode seconds are
those that benchmarks/full_mode.py left in docs/full-mode.csv.
"""

import csv
import statistics
from pathlib import Path

import nbformat
from nbgrader.utils import is_grade, is_solution

from coursework.core.cells import grade_id_of, is_test, question
from coursework.core.course import Course, read_notebook
from coursework.judging import proof
from coursework.judging.reference import notebook, task
from coursework.proving.cases import skeleton_points
from coursework.proving.rewrites import KINDS
from coursework.sandbox.tasks import run_task

COURSE = Course(Path(__file__).resolve().parents[1])
DOCS = COURSE.root / "docs"


def words(name: str) -> str:
    """`02_no_biases.py` as "no biases"."""
    return name.removesuffix(".py").partition("_")[2].replace("_", " ")


def matrix(assignment: str) -> str:
    """The proof matrix as Markdown."""
    record = proof.load(COURSE, assignment)
    lines = [
        f"# {assignment}: the proof matrix",
        "",
        f"Every answer of the bank through the sandbox and the judge (`coursework prove {assignment}`); "
        "the score that it must get is in its name.",
        "",
        "| item | right answers | wrong answers, each with the score that it got |",
        "|---|---|---|",
    ]
    total = right = 0
    for item, answers in record["matrix"].items():
        points = max(expected for expected, _ in answers.values())
        good = [words(n) if ".py" in n else n for n, (e, g) in answers.items() if e == points and points]
        bad = [f"{words(n) if '.py' in n else n} ({g:g})" for n, (e, g) in answers.items() if e != points or not points]
        total, right = total + len(answers), right + sum(e == g for e, g in answers.values())
        lines.append(f"| `{item}` ({points:g}) | {', '.join(good)} | {', '.join(bad)} |")
    lines.insert(3, f"{right} of {total} as expected.")
    lines += contracts(record.get("clauses", {})) + in_another_way(record.get("rewrites", {}))
    mutants = record.get("mutants")
    if mutants:
        lines += ["", f"Faults planted in the reference solutions: {mutants['tried']}; they cost points in "]
        lines[-1] += f"{mutants['killed']} cases. Listed as equivalent:"
        lines += ["", *(f"- `{what}`: {why}" for what, why in mutants["equivalent"].items())]
    return "\n".join(lines) + "\n"


def contracts(clauses: dict[str, dict[str, list[str]]]) -> list[str]:
    """Clause by clause the wrong answers that break it and nothing else, as lines of Markdown."""
    if not clauses:
        return []
    lines = ["", "## Clauses", "", "What each item promises, and the wrong answers that break this clause alone.", ""]
    lines += ["| item | clause | broken alone by |", "|---|---|---|"]
    for item, row in clauses.items():
        for place, (clause, killers) in enumerate(row.items()):
            lines.append(f"| {'' if place else f'`{item}`'} | {clause} | {', '.join(map(words, killers))} |")
    return lines


def in_another_way(rewrites: dict[str, dict[str, list[int]]]) -> list[str]:
    """How many right answers were rewritten in which way and kept all points, as lines of Markdown."""
    kinds = [kind for kind in KINDS if any(kind in row for row in rewrites.values())]
    if not kinds:
        return []
    lines = ["", "## Right answers in another way", ""]
    lines += ["Answers that kept all their points, of those that were rewritten so.", ""]
    lines += [f"| item | {' | '.join(kinds)} |", "|---" * (len(kinds) + 1) + "|"]
    for item, row in rewrites.items():
        cells = [f"{row[kind][1]} of {row[kind][0]}" if kind in row else "" for kind in kinds]
        lines.append(f"| `{item}` | {' | '.join(cells)} |")
    return lines


def answers(matrix: dict[str, dict]) -> tuple[int, int]:
    """(right, wrong) answers of the bank: its files, not the whole notebook as handed out and as solved."""
    scores = [[expected for name, (expected, _) in item.items() if name.endswith(".py")] for item in matrix.values()]
    right = sum(expected == max(item) for item in scores for expected in item)
    return right, sum(map(len, scores)) - right


def row(assignment: str) -> list[str]:
    """One line of the table of assignments."""
    nb = notebook(COURSE, assignment)
    automatic, manual = skeleton_points(nb)
    good, bad = answers(proof.load(COURSE, assignment)["matrix"])
    executed = nbformat.reads(run_task(task(COURSE, nb))["notebook"], as_version=4)
    questions = {question(c.metadata.nbgrader.grade_id) for c in nb.cells if is_grade(c)}
    full = [r for r in csv.DictReader((DOCS / "full-mode.csv").open()) if r["assignment"] == assignment]
    return [
        f"[{assignment}](proof-{assignment}.md)",
        str(len(questions)),
        f"{automatic:g} / {manual:g}",
        str(sum(is_solution(c) for c in nb.cells)),
        str(sum(is_test(c) for c in nb.cells)),
        f"{good} / {bad}",
        f"{executed.metadata.coursework_run.cpu:.1f} s",
        "; ".join(f"{float(r['seconds']):.0f} s on {r['place']}" for r in full),
    ]


def size(assignment: str) -> list[str]:
    """One line of the table of sizes, of the notebook that students get; "Your answer here" counts as words."""
    nb = read_notebook(COURSE.released(assignment))
    written = {grade_id_of(c) or c.id: c.source.splitlines() for c in read_notebook(COURSE.source(assignment)).cells}
    texts = [len(c.source.split()) for c in nb.cells if c.cell_type == "markdown"]
    own, inlined = [], 0
    for cell in nb.cells:
        if cell.cell_type == "code":
            lines, source = cell.source.splitlines(), written[grade_id_of(cell) or cell.id]
            helpers = sum("# inlined" in line for line in source)
            own.append(len(source) - helpers if helpers else len(lines))
            inlined += len(lines) - own[-1]
    return [
        assignment,
        str(len(nb.cells)),
        str(len(texts)),
        f"{sum(texts):,}, {statistics.median(texts):g}, {max(texts)}",
        f"{sum(own):,}",
        str(max(own)),
        str(inlined),
    ]


def put(text: str, mark: str, lines: list[str]) -> str:
    """`text` with these lines between `<!-- MARK -->` and the next `<!-- end -->`."""
    head, begin, rest = text.partition(f"<!-- {mark} -->\n")
    return head + begin + "\n".join(lines) + "\n" + rest[rest.index("\n<!-- end -->") :]


def main() -> None:
    columns = "| assignment | cells | of these Markdown | words: all, median, most "
    sizes = [columns + "| lines of code | of the longest cell | inlined |"]
    sizes += ["|---" * 7 + "|", *("| " + " | ".join(size(name)) + " |" for name in COURSE.assignments)]
    heads = "| assignment | questions | points by tests / by hand | student cells | test cells | bank right / wrong "
    lines = [heads + "| grade mode, CPU | full mode |", "|---" * 8 + "|"]
    for assignment in COURSE.assignments:
        (DOCS / f"proof-{assignment}.md").write_text(matrix(assignment), encoding="utf-8")
        lines.append("| " + " | ".join(row(assignment)) + " |")
        print(lines[-1])
    path = DOCS / "benchmarks.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(put(put(text, "table", lines), "sizes", sizes), encoding="utf-8")


if __name__ == "__main__":
    main()
