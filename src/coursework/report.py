"""The class at a glance, for staff: how an assignment went, question by question, and what stood in the way.

One HTML page that stands alone, and a CSV behind every figure. Difficulty is the mean share of a question's points;
discrimination the correlation of a question with the rest of the test (item-rest correlation; e.g. Ebel and Frisbie,
Essentials of Educational Measurement, 1991). Only those who handed in are counted.
"""

import base64
import html
import io
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from coursework.course import Course, StaffError
from coursework.exports import course_table
from coursework.files import read_json, write_whole
from coursework.grades import grade_table, write_csv

STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; color: #1d2433; max-width: 960px; margin: 0 auto; padding: 1rem; }
table { border-collapse: collapse; margin: .6rem 0 1.4rem; }
th, td { padding: .25rem .7rem; border-bottom: 1px solid #dfe3ea; text-align: left; }
td.n { text-align: right; font-variant-numeric: tabular-nums; }
img { max-width: 100%; }
.bar { display: inline-block; height: .7em; background: #3b6fd4; vertical-align: baseline; }
"""


@dataclass
class Report:
    """The tables of one assignment, each under its name, and the page's pictures."""

    assignment: str
    handed_in: int
    missing: list[str]
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)


def collect_tables(course: Course, assignment: str) -> Report:
    """Everything that the gradebook and the records say of an assignment. Raises StaffError when nobody is graded."""
    grades = grade_table(course, assignment)
    here = grades[grades["state"] != "nothing handed in"]
    if here.empty:
        raise StaffError(f"nobody is graded in {assignment}: run `coursework autograde {assignment}` first")
    report = Report(assignment, len(here), list(grades[grades["state"] == "nothing handed in"]["student"]))
    verdicts = {s: read_json(course.autograded(s, assignment) / "verdict.json", {}) for s in here["student"]}
    repairs = {s: read_json(course.submitted(s, assignment) / "repair.json", {}) for s in here["student"]}
    report.tables["questions"] = questions(here)
    report.tables["checks"] = checks(verdicts)
    report.tables["slips"] = slips(verdicts)
    report.tables["repairs"] = counted((r["what"] for v in repairs.values() for r in v.get("repairs", [])), "repair")
    report.tables["runs"] = runs(verdicts, here)
    report.tables["totals"] = here[["student", "raw", "penalty", "total", "waiting", "state"]].reset_index(drop=True)
    return report


def questions(here: pd.DataFrame) -> pd.DataFrame:
    """One row a question: points, mean, difficulty, discrimination, how many have all and none of them."""
    heads = [c for c in here.columns if c[:1].isdigit()]
    scores = here[heads].apply(pd.to_numeric)
    rows = []
    for head in heads:
        most = float(head.rpartition("(")[2].rstrip(")"))
        mine, rest = scores[head], scores.drop(columns=head).sum(axis=1)
        varies = mine.std() > 0 and rest.std() > 0
        rows.append(
            {
                "question": head.partition(" ")[0],
                "points": most,
                "mean": mine.mean(),
                "difficulty": mine.mean() / most,
                "discrimination": mine.corr(rest) if varies else None,
                "all points": int((mine >= most - 1e-9).sum()),
                "no points": int((mine <= 1e-9).sum()),
            }
        )
    return pd.DataFrame(rows)


def checks(verdicts: dict[str, dict]) -> pd.DataFrame:
    """One row a test: how many passed, and the commonest thing that was said to the others."""
    rows: dict[str, dict] = {}
    for verdict in verdicts.values():
        for grade_id, cell in verdict.get("cells", {}).items():
            row = rows.setdefault(
                grade_id, {"test": grade_id, "points": cell["points"], "passed": 0, "said": Counter()}
            )
            row["passed"] += cell["score"] >= cell["points"]
            if cell["score"] < cell["points"]:
                row["said"][cell["message"]] += 1
    for row in rows.values():
        row["pass rate"] = row["passed"] / max(1, len(verdicts))
        said = row.pop("said").most_common(1)
        row["most said"], row["times"] = said[0] if said else ("", 0)
    return pd.DataFrame(rows.values())


def slips(verdicts: dict[str, dict]) -> pd.DataFrame:
    """How many students made which recognised slip of the bank."""
    who: dict[str, set[str]] = {}
    said: dict[str, str] = {}
    for student, verdict in verdicts.items():
        for cell in verdict.get("cells", {}).values():
            for check in cell["checks"]:
                if check.get("slip"):
                    who.setdefault(check["slip"], set()).add(student)
                    said[check["slip"]] = check["message"].partition(": ")[2]
    rows = [{"slip": slip, "students": len(names), "sentence": said[slip]} for slip, names in who.items()]
    table = pd.DataFrame(rows, columns=["slip", "students", "sentence"])
    return table.sort_values("students", ascending=False, ignore_index=True)


def counted(things, name: str) -> pd.DataFrame:  # type: ignore[no-untyped-def]
    return pd.DataFrame(Counter(things).most_common(), columns=[name, "times"])


def runs(verdicts: dict[str, dict], here: pd.DataFrame) -> pd.DataFrame:
    """One row a student: seconds, the slowest cell, memory, limits hit, notes."""
    notes = here.set_index("student")["notes"]
    rows = []
    for student, verdict in verdicts.items():
        seconds = verdict.get("seconds", {})
        rows.append(
            {
                "student": student,
                "seconds": seconds.get("wall", 0.0),
                "CPU seconds": seconds.get("cpu", 0.0),
                "slowest cell": seconds.get("slowest_cell") or "",
                "MiB": verdict.get("peak_memory", 0) / 2**20,
                "limits hit": len(verdict.get("limits", [])),
                "notes": notes[student],
            }
        )
    return pd.DataFrame(rows).sort_values("seconds", ascending=False, ignore_index=True)


def draw(report: Report) -> None:
    """The distribution of totals, and difficulty beside discrimination."""
    from matplotlib.figure import Figure

    totals, table = report.tables["totals"], report.tables["questions"]
    figure = Figure(figsize=(9, 3), layout="constrained")
    axis = figure.subplots()
    most = table["points"].sum()
    axis.hist(pd.to_numeric(totals["total"]).dropna(), bins=[most * i / 20 for i in range(21)], color="#3b6fd4")
    axis.set(xlabel=f"points of {most:g} (answers that wait count as 0)", ylabel="students", title="Distribution")
    report.pictures["distribution"] = _png(figure)
    figure = Figure(figsize=(9, 3.6), layout="constrained")
    axis = figure.subplots()
    shown = table.dropna(subset=["discrimination"])
    axis.scatter(shown["difficulty"], shown["discrimination"], s=20 + 6 * shown["points"], color="#1b7a43", alpha=0.6)
    for _, row in shown.iterrows():
        axis.annotate(
            row["question"], (row["difficulty"], row["discrimination"]), xytext=(4, 4), textcoords="offset points"
        )
    axis.axhline(0.2, color="gray", linestyle=":")
    axis.set(xlabel="mean share of the points (right: easy)", ylabel="item-rest correlation", xlim=(-0.02, 1.05))
    axis.set(title="Questions: those below the line hardly tell who knows more")
    report.pictures["questions"] = _png(figure)


def _png(figure) -> bytes:  # type: ignore[no-untyped-def]
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=110)
    return out.getvalue()


def table_html(table: pd.DataFrame, most: int = 60) -> str:
    """A table as HTML, every value escaped, a bar beside shares."""
    if table.empty:
        return "<p>None.</p>"
    lines = ["<tr>" + "".join(f"<th>{html.escape(str(c))}</th>" for c in table.columns) + "</tr>"]
    for row in table.head(most).itertuples(index=False):
        cells = []
        for name, value in zip(table.columns, row, strict=True):
            if isinstance(value, str):
                cells.append(f"<td>{html.escape(value[:200])}</td>")
            else:
                text = "" if pd.isna(value) else f"{value:.2f}".rstrip("0").rstrip(".")
                share = name in ("difficulty", "pass rate") and not pd.isna(value)
                bar = f' <span class="bar" style="width:{max(0.0, float(value)) * 60:.0f}px"></span>' if share else ""
                cells.append(f'<td class="n">{text}{bar}</td>')
        lines.append("<tr>" + "".join(cells) + "</tr>")
    more = f"<p>{len(table) - most} more in the CSV.</p>" if len(table) > most else ""
    return f"<table>{''.join(lines)}</table>{more}"


def page(report: Report) -> str:
    heads = {
        "questions": "Questions", "checks": "Tests", "slips": "Recognised slips", "repairs": "Repairs",
        "runs": "Runs: time, memory, limits", "totals": "Totals",
    }  # fmt: skip
    parts = [f"<h1>{html.escape(report.assignment)}: the class</h1>"]
    waiting = int(report.tables["totals"]["waiting"].sum())
    parts.append(
        f"<p>{report.handed_in} handed in, {len(report.missing)} did not, {waiting} answers wait for a reader.</p>"
    )
    if report.missing:
        parts.append(f"<p>Nothing from: {html.escape(', '.join(report.missing))}.</p>")
    for name, picture in report.pictures.items():
        parts.append(f'<img alt="{name}" src="data:image/png;base64,{base64.b64encode(picture).decode()}">')
    for name, head in heads.items():
        parts += [f"<h2>{head}</h2>", table_html(report.tables[name])]
    head = f"<meta charset='utf-8'><style>{STYLE}</style>"
    return f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{''.join(parts)}</body></html>"


def write(course: Course, assignment: str, folder: Path) -> list[Path]:
    """report.html and a CSV for each table in `folder`."""
    report = collect_tables(course, assignment)
    draw(report)
    write_whole(folder / "report.html", page(report))
    for name, table in report.tables.items():
        write_csv(table, folder / f"{name}.csv")
    write_csv(course_table(course), folder / "course.csv")
    return sorted(folder.glob("*"))
