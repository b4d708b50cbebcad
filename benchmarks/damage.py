"""Damaged notebooks: repaired, graded, and compared with the undamaged one. Writes docs/damage.md.

Usage: python -m benchmarks.damage [ASSIGNMENT] [COUNT]

Every damage of tests/damage.py alone and random combinations of them, on the answered reference. What comes out of the
repair with the same content is run once: a notebook's score depends on nothing else.
"""

import random
import sys
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parents[1]
from nbgrader.preprocessors import OverwriteCells  # noqa: E402
from nbgrader.utils import is_grade, is_solution  # noqa: E402

from coursework.authoring import release  # noqa: E402
from coursework.core.course import Course  # noqa: E402
from coursework.core.files import digest  # noqa: E402
from coursework.intake.repair import repair  # noqa: E402
from coursework.judging import evidence, proof  # noqa: E402
from coursework.judging.judge import judge_notebook  # noqa: E402
from coursework.judging.policy import refusals  # noqa: E402
from coursework.judging.reference import notebook, reference, task  # noqa: E402
from coursework.sandbox.engines import run_all  # noqa: E402
from tests.support import damage  # noqa: E402


def scores(course, assignment, repaired):
    """number → automatic score, through nbgrader's sanitizing, the sandbox and the judge; equal contents run once."""
    source, known = notebook(course, assignment), reference(course, assignment)
    apart = {request.cell for request in evidence.wanted(source)}
    found, marks, tasks = {}, {}, {}
    with release.make(course, assignment, unproven=True) as scratch:
        about = {"student": "", "assignment": assignment, "notebook": assignment, "db_url": scratch.db_url}
        for number, nb in repaired.items():
            whole = OverwriteCells(config=course.config).preprocess(nbformat.from_dict(nb), {"nbgrader": about})[0]
            marks[number] = digest([[c.cell_type, c.source] for c in whole.cells if c.cell_type == "code"])
            tasks.setdefault(marks[number], partial(task, course, whole))
    print(f"{len(tasks)} different contents to run")
    for done, (mark, answer) in enumerate(run_all(course, tasks), 1):
        executed = nbformat.reads(answer["notebook"], as_version=4)
        verdicts = judge_notebook(executed, known, proof.misconceptions(course, assignment), refusals(source, executed))
        found[mark] = sum(v.score for grade_id, v in verdicts.items() if grade_id not in apart)
        print(f"\r{done}/{len(tasks)}", end="", flush=True)
    print()
    return {number: found[mark] for number, mark in marks.items()}


def main() -> None:
    assignment = sys.argv[1] if len(sys.argv) > 1 else "hw2-autodiff"
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    course, dice = Course(ROOT), random.Random(7)
    skeleton = nbformat.read(course.released(assignment), as_version=4)
    whole, ids = damage.answered(course, assignment)
    cases = [("undamaged", [], "plain_file")]
    cases += [(name, [name], "plain_file") for name in (*damage.DAMAGES, *damage.LOSSES) for _ in range(6)]
    cases += [(name, [], name) for name in damage.WRAPPINGS]
    while len(cases) < count:
        wrapping = dice.choice(sorted(damage.WRAPPINGS)) if dice.random() < 0.2 else "plain_file"
        cases.append(("several at once", damage.combination(dice), wrapping))
    repaired, records = {}, {}
    for number, (_, names, wrapping) in enumerate(cases):
        raw, name = damage.WRAPPINGS[wrapping](damage.damaged(whole, names, dice, ids), dice)
        repaired[number], records[number] = repair(raw, skeleton, name)
    got = scores(course, assignment, repaired)
    write(assignment, cases, records, got)
    lost = [cases[n] for n in got if got[n] < got[0] and not set(cases[n][1]) & set(damage.LOSSES)]
    for case in lost[:20]:
        print("lower score:", case)
    manual = sum(is_grade(c) and is_solution(c) for c in skeleton.cells)
    print(f"{len(cases)} notebooks, all graded; {len(lost)} below the undamaged {got[0]:g} ({manual} answers by hand)")


def write(assignment, cases, records, got) -> None:
    """The table of damage × outcome."""
    by = defaultdict(list)
    for number, (kind, *_) in enumerate(cases):
        by[kind].append(number)
    lines = [
        "# Damaged notebooks",
        "",
        f"`python -m benchmarks.damage`: {len(cases):,} copies of the answered {assignment}, each damaged, repaired,",
        f"run in the sandbox and judged. Undamaged it gets {got[0]:g} points (without those for weights).",
        "",
        "| damage | notebooks | graded | same score | lower | for review | what the record says |",
        "|---|---|---|---|---|---|---|",
    ]
    for kind, numbers in by.items():
        same = sum(got[n] == got[0] for n in numbers)
        review = sum(records[n].review for n in numbers)
        what = Counter(r.what for n in numbers for r in records[n].repairs)
        words = ", ".join(w for w, _ in what.most_common(4)) or "nothing"
        label = kind.replace("_", " ")
        row = [label, len(numbers), len(numbers), same, len(numbers) - same, review, words]
        lines.append("| " + " | ".join(map(str, row)) + " |")
    lost = [n for n in got if got[n] < got[0] and not set(cases[n][1]) & set(damage.LOSSES)]
    lines += [
        "",
        "`answer deleted` and `answer emptied` take an answer away (some are graded by hand: the score stays).",
    ]
    named = {n: sorted({r.cell for r in records[n].repairs if r.review and r.cell}) for n in lost}
    names = "; ".join(
        f"{' + '.join(cases[n][1]).replace('_', ' ')} (for review: {', '.join(named[n]) or 'no cell'})" for n in lost
    )
    lines += ["", f"Lower without having lost an answer: {names or 'none'}.", ""]
    (ROOT / "docs" / "damage.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
