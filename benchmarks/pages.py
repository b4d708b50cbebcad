"""Seconds for each feedback page and each PDF of a class of 100, and a sheet of pictures of pages.

Usage: python -m benchmarks.pages [FOLDER]   (keeps the course and its PDFs in FOLDER)

The class hands in hw4-backprop with its theory, made of the bank; one has broken formulas, one a name in another
script, one a very long line of code, one a big plot. A reader has graded half of them. Each formula of each student is
drawn anew. Prints a table and writes docs/images/pages.png; needs Chromium and pdftoppm (poppler-utils).
"""

import io
import re
import subprocess
import sys
import tempfile
import time
import warnings
from pathlib import Path

from nbformat import v4
from nbformat.notebooknode import NotebookNode
from nbgrader.api import Gradebook
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parents[1]
from benchmarks import bank_class  # noqa: E402
from coursework.core.course import Course  # noqa: E402
from coursework.core.rubrics import schemes  # noqa: E402
from coursework.judging.reference import notebook  # noqa: E402
from coursework.returning import pdf  # noqa: E402
from coursework.returning.feedback import write_feedback  # noqa: E402

ASSIGNMENT, COUNT = "hw4-backprop", 100
LAST = ("Abel", "Brouwer", "Çelik", "Diaz", "Evans", "Fischer", "García", "Haddad", "Ito", "Jansen")
FIRST = ("Nadia", "Jan-Willem", "Defne", "Lucía", "Rhys", "Jonas", "Ana", "Omar", "Ren", "Noor")
BROKEN, NAMED, LONG, BIG = "Broken_Formula", "王_小明", "Long_Line", "Big_Plot"
SPECIAL = {11: BROKEN, 13: NAMED, 15: LONG, 17: BIG}
BROKEN_TEXT = r"""
A fraction $\frac{\partial y_L}{\partial b_i$ that is never closed, an unknown $\sigmoid(\tilde y)$ in a line, and

$$\begin{aligned} D_k &= \operatorname{diag}\,\sigma'(\tilde y_k) \\ A_L D_{L-1} &= \left( \frac{1}{4} \end{aligned}$$

Then all is well again: $\|D_k\|\le\tfrac14$."""
LONG_TEXT = "# " + "a comment that never ends, as nobody pressed return; " * 9 + "x" * 160 + "\n"


def student(number: int) -> str:
    return SPECIAL.get(number, f"{LAST[number // 10]}_{FIRST[number % 10]}")


def plot(number: int, size: tuple[float, float]) -> str:
    """A training curve, as base64 of a PNG."""
    import base64

    from matplotlib.figure import Figure

    figure = Figure(figsize=size, dpi=100, layout="constrained")
    left = figure.subplots()
    right = left.twinx()
    epochs = range(1, 101)
    left.plot(epochs, [1 - 0.9 * (1 - (number % 7) / 200) ** e * 0.97**e for e in epochs], label="accuracy")
    right.plot(epochs, [2.3 * 0.96**e for e in epochs], color="tab:red", label="loss")
    left.set(xlabel="epoch", ylabel="accuracy", title="Random labels")
    right.set_ylabel("loss")
    out = io.BytesIO()
    figure.savefig(out, format="png")
    return base64.b64encode(out.getvalue()).decode()


def own_formulas(text: str, number: int) -> str:
    """The same text with formulas that nobody else has: a space of no width worth speaking of."""
    return re.sub(r"(?<!\$)\$([^$\n]+)\$(?!\$)", rf"$\1\\hspace{{{number / 1000:.3f}pt}}$", text)


def change(nb: NotebookNode, number: int, runs: bank_class.Executed) -> None:
    """What makes this submission the student's own."""
    for cell in nb.cells:
        if cell.id.endswith("-working"):
            cell.source = own_formulas(cell.source, number)
            if student(number) == BROKEN and cell.id == "q2-1-working":
                cell.source += BROKEN_TEXT
        if cell.id == "q6-5-plot":
            data = plot(number, (36, 20) if student(number) == BIG else (6, 3.5))
            cell.outputs = [v4.new_output("display_data", {"image/png": data, "text/plain": "<Figure>"})]
        if student(number) == LONG and cell.id == "q3-2-momentum":
            runs["q3-2-momentum", LONG_TEXT + cell.source] = runs["q3-2-momentum", cell.source]
            cell.source = LONG_TEXT + cell.source


def read_half(course: Course) -> None:
    """A reader grades every other submission, with the mark scheme's lines in the comments."""
    known = schemes(notebook(course, ASSIGNMENT))
    with Gradebook(course.db_url) as gradebook:
        for number in range(1, COUNT, 2):
            for grade_id, scheme in known.items():
                where = (grade_id, ASSIGNMENT, ASSIGNMENT, student(number))
                lines = [f"✓ {p:g} · {text}" for p, text in scheme.lines]
                lost = scheme.lines[-1]
                lines[-1] = f"✗ 0 of {lost[0]:g} · {lost[1]}"
                grade, comment = gradebook.find_grade(*where), gradebook.find_comment(*where)
                grade.manual_score, grade.needs_manual_grade = scheme.points - lost[0], False
                comment.manual_comment = "\n".join([*lines, "The sums are in chapter 4."])
        gradebook.db.commit()


def timed(work) -> float:
    started = time.perf_counter()
    assert work().exit_code == 0
    return time.perf_counter() - started


def pictures(course: Course, dots: int = 44) -> list[tuple[str, Image.Image]]:
    """Every page of an ordinary submission; of the special ones the first and those that are special."""
    found = []
    for who, word in (
        (student(1), ""),
        (BROKEN, "Missing close"),
        (NAMED, "Feedback"),
        (LONG, "nobody"),
        (BIG, "6.5 The"),
    ):
        path = course.root / "feedback" / who / ASSIGNMENT / f"{ASSIGNMENT}.pdf"
        texts = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout.split("\f")
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["pdftoppm", "-r", str(dots), "-png", path, f"{folder}/p"], check=True)
            pages = [Image.open(p).convert("RGB") for p in sorted(Path(folder).glob("*.png"))]
        for number, (page, text) in enumerate(zip(pages, texts, strict=False), 1):
            if number == 1 or word in " ".join(text.split()):
                found.append((f"{who}, page {number}", page))
    return found


def sheet(found: list[tuple[str, Image.Image]], columns: int) -> Image.Image:
    """All pages beside and below each other, each with its name."""
    wide, high = found[0][1].width + 8, found[0][1].height + 20
    whole = Image.new("RGB", (columns * wide + 8, -(-len(found) // columns) * high + 8), "#8a93a3")
    draw = ImageDraw.Draw(whole)
    font = next((p for p in Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc")), None)
    face = ImageFont.truetype(str(font), 11) if font else ImageFont.load_default(11)
    for place, (name, page) in enumerate(found):
        x, y = 8 + place % columns * wide, 4 + place // columns * high
        draw.text((x, y), name, fill="white", font=face)
        whole.paste(page, (x, y + 16))
    return whole.quantize(64, Image.Quantize.MAXCOVERAGE)


def measure(root: Path) -> Course:
    """Build the class, grade it, return it, and print the seconds."""
    course = bank_class.course_in(root, Course(ROOT), ASSIGNMENT)
    runs, _ = bank_class.proven_runs(course, ASSIGNMENT)
    for number, nb in enumerate(bank_class.hand_ins(course, ASSIGNMENT, COUNT, every=1)):
        change(nb, number, runs)
        bank_class.submit(course, ASSIGNMENT, student(number), nb)
    graded = bank_class.grade(course, ASSIGNMENT, runs)
    assert not any(row.error for row in graded.rows)
    read_half(course)
    first = timed(lambda: write_feedback(course, ASSIGNMENT, [student(1)]))
    html = timed(lambda: write_feedback(course, ASSIGNMENT))
    pages = list(root.glob("feedback/*/*/*.html"))
    first_pdf = timed(lambda: pdf.print_class(course, ASSIGNMENT, [student(1)], submissions=False))
    printed = timed(lambda: pdf.print_class(course, ASSIGNMENT, None, submissions=False))
    files = list(root.glob("feedback/*/*/*.pdf"))
    assert len(pages) == len(files) == COUNT
    formulas = sum(p.read_text(encoding="utf-8").count('class="math') for p in pages) / COUNT
    print(f"{COUNT} submissions of {ASSIGNMENT}, {formulas:.0f} formulas each\n")
    print("| | the first alone | the class | each | kB each |\n|---|---|---|---|---|")
    for name, one, all_, made in (("HTML", first, html, pages), ("PDF", first_pdf, printed, files)):
        size = sum(p.stat().st_size for p in made) / COUNT / 1000
        print(f"| {name} | {one:.1f} s | {all_:.0f} s | {all_ / COUNT:.2f} s | {size:.0f} |", flush=True)
    return course


def main() -> None:
    warnings.filterwarnings("ignore", module="nbgrader|nbformat|distributed")
    with tempfile.TemporaryDirectory(prefix="pages-") as folder:
        root = Path(sys.argv[1] if len(sys.argv) > 1 else folder)
        root.mkdir(exist_ok=True)
        found = pictures(measure(root))
        sheet(found, columns=8).save(ROOT / "docs" / "images" / "pages.png", optimize=True)
        print(f"\n{len(found)} pages on docs/images/pages.png", file=sys.stderr)


if __name__ == "__main__":
    main()
