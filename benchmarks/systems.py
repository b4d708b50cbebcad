"""A submission out of every system's download, from zip to feedback page: a table, and a picture of each page.

Usage: [COURSEWORK_DATA=DIR] python -m benchmarks.systems FOLDER

One student a system hands in the bank's right answers of hw1-mlp, with a written answer that holds a picture, in the
shape in which that system's download gives it. Everything is collected into the course in FOLDER, graded in the sandbox
and given back. Writes FOLDER/pages.png: the top of each feedback page, and the written answer with its picture (needs
Chromium).
"""

import io
import shutil
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from PIL import Image
from playwright.sync_api import sync_playwright

from benchmarks import bank_class
from benchmarks.pages import plot, sheet
from coursework.core.course import CONFIG_NAME, Course
from coursework.grading.autograde import autograde
from coursework.intake.collect import collect
from coursework.judging import proof
from coursework.proving import cases
from coursework.reporting.grades import grade_table
from coursework.returning.feedback import write_feedback

ROOT = Path(__file__).resolve().parents[1]
ASSIGNMENT, WRITTEN = "hw1-mlp", "q2-4-derivation"
SCREEN = (900, 1100)
PEOPLE = {  # system → (id, last, first)
    "Canvas": ("jdoe", "Doe", "Jane"),
    "Moodle": ("rroe", "Roe", "Rita"),
    "Gradescope": ("psmith", "Smith", "Paul"),
    "Classroom": ("tlee", "Lee", "Tara"),
    "mail": ("zfox", "Fox", "Zoë"),
    "Blackboard": ("bortiz", "Ortiz", "Bea"),
    "Brightspace": ("cnguyen", "Nguyen", "Cai"),
    "ILIAS": ("dkeller", "Keller", "Dora"),
    "Sakai": ("eweber", "Weber", "Emil"),
}


def download(system: str, person: tuple[str, str, str], number: int, nb: bytes) -> tuple[str, dict[str, bytes]]:
    """(name, entries) of the archive that a system gives for this one submission; mail is a saved message."""
    key, last, first = person
    low = f"{last}{first}".lower()
    if system == "Canvas":
        return "submissions.zip", {f"{low}_{number}_900{number}_{last}_{first}_{ASSIGNMENT}.ipynb": nb}
    if system == "Moodle":
        folder = f"DL-HW 1-{number}/{first} {last}_{number}_assignsubmission_file_"
        return "DL-HW 1-77.zip", {f"{folder}/{last}_{first}_{ASSIGNMENT}.ipynb": nb}
    if system == "Gradescope":
        about = f"submission_{number}:\n  :submitters:\n  - :name: {first} {last}\n    :email: {key}@uni.edu\n"
        about += "  :created_at: 2026-10-05 10:00:00 -05:00\n"
        top = f"assignment_{number}_export"
        file = {f"{top}/submission_{number}/{ASSIGNMENT}.ipynb": nb}
        return "export.zip", {f"{top}/submission_metadata.yml": about.encode(), **file}
    if system == "Classroom":
        return "drive-download-20261005T180000Z-001.zip", {f"{first} {last} - {ASSIGNMENT}.ipynb": nb}
    if system == "Blackboard":
        entry = f"{ASSIGNMENT}_{key}_attempt_2026-10-05-18-00-00_{last}_{first}_{ASSIGNMENT}.ipynb"
        return "gradebook.zip", {entry: nb}
    if system == "Brightspace":
        return "Download.zip", {f"{number}-67890 - {first} {last} - Oct 5, 2026 600 PM/{ASSIGNMENT}.ipynb": nb}
    if system == "ILIAS":
        return "multi.zip", {f"hw1/{last}_{first}_{key}_{number}/20261005180000_{ASSIGNMENT}.ipynb": nb}
    if system == "Sakai":
        top = f"hw1/{last}, {first}({key})"
        return "bulk_download.zip", {
            f"{top}/timestamp.txt": b"20261005180000000",
            f"{top}/Submission attachment(s)/{ASSIGNMENT}.ipynb": nb,
        }
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{first} {last} <{key}@uni.edu>", "dl@uni.edu", "hw1"
    mail["Date"] = "Mon, 05 Oct 2026 18:00:00 +0200"
    mail.set_content("My notebook is attached.")
    mail.add_attachment(nb, maintype="application", subtype="octet-stream", filename=f"{ASSIGNMENT}.ipynb")
    return "message.eml", {"": bytes(mail)}


def handed_in(course: Course, number: int) -> NotebookNode:
    """The released notebook with right answers, and under the derivation a picture with the number on it."""
    nb = nbformat.read(course.released(ASSIGNMENT), as_version=4)
    bank = proof.answers(course, ASSIGNMENT)
    tests = cases.items(nb)
    for cell in nb.cells:
        if cell.id in bank:
            points = cases.points_of(nb, tests[cell.id])
            right = [t for name, t in sorted(bank[cell.id].items()) if float(name.partition("_")[0]) == points]
            cell.source = bank_class.plain(right[number % len(right)])
        if cell.id == WRITTEN:
            cell.source = f"Answer {number}: $W_2^\\top(\\hat y-y)$, drawn here: ![sketch](attachment:sketch.png)"
            cell.attachments = {"sketch.png": {"image/png": plot(number, (4, 1.6))}}
    return nb


def pictures(browser: Any, page: Path) -> Image.Image:
    """The top of a page, and below it the written answer."""
    view = browser.new_page(viewport={"width": SCREEN[0], "height": SCREEN[1]})
    view.goto(page.as_uri())
    shots = [view.screenshot(), view.locator(f"#{WRITTEN}").screenshot()]  # the second scrolls
    parts = [Image.open(io.BytesIO(shot)).convert("RGB") for shot in shots]
    view.close()
    both = Image.new("RGB", (SCREEN[0], SCREEN[1] + 400), "white")
    both.paste(parts[0], (0, 0))
    both.paste(parts[1], (0, SCREEN[1]))
    return both.resize((both.width // 2, both.height // 2))


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit("Name a folder for the course.")
    root = Path(sys.argv[1])
    here = bank_class.course_in(root, Course(ROOT), ASSIGNMENT)
    lines = [f"{key},{last},{first},{key}@uni.edu" for key, last, first in PEOPLE.values()]
    (root / "roster.csv").write_text("id,last,first,email\n" + "\n".join(lines) + "\n", encoding="utf-8")
    config = (root / CONFIG_NAME).read_text(encoding="utf-8")
    setting = "\nc.CourseworkSettings.roster = 'roster.csv'\n\nconfigure(c)"
    (root / CONFIG_NAME).write_text(config.replace("\nconfigure(c)", setting), encoding="utf-8")
    course, ways = Course(root), {}
    for number, (system, person) in enumerate(PEOPLE.items(), 1001):
        payload = nbformat.writes(handed_in(here, number)).encode()
        name, entries = download(system, person, number, payload)
        inbox = root / "inboxes" / system / name
        inbox.parent.mkdir(parents=True)
        if "" in entries:
            inbox.write_bytes(entries[""])
        else:
            with zipfile.ZipFile(inbox, "w", zipfile.ZIP_DEFLATED) as archive:
                for entry, content in entries.items():
                    archive.writestr(entry, content)
        report = collect(course, inbox if inbox.suffix == ".zip" else inbox.parent)
        ways[person[0]] = "; ".join(f"{t.student} by {t.how}" for t in report.taken) or str(report.refused)
    graded = {row.student: row for row in autograde(course, ASSIGNMENT).rows}
    returned = write_feedback(course, ASSIGNMENT)
    table = grade_table(course, ASSIGNMENT)
    print("| system | taken as | points by tests | page |\n|---|---|---|---|")
    found, play = [], sync_playwright().start()
    browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
    for system, (key, *_) in PEOPLE.items():
        page = root / "feedback" / key / ASSIGNMENT / f"{ASSIGNMENT}.html"
        score = f"{graded[key].score:g}" if key in graded else "not graded"
        print(f"| {system} | {ways[key]} | {score} | {'written' if page.exists() else 'missing'} |", flush=True)
        if page.exists():
            found.append((f"{system}: {key}", pictures(browser, page)))
    browser.close(), play.stop()
    print(f"\n{len(table)} in the grade table; {returned.exit_code=}")
    sheet(found, columns=3).save(root / "pages.png")


if __name__ == "__main__":
    main()
