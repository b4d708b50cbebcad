"""HTML pages to PDF: one Chromium for a class, without scripts, network or files; else WeasyPrint if it is there.

The pages are the ones of `feedback` and `page`: each is one file. One PDF that fails is named and stops no other.
"""

import contextlib
import html
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, Protocol

import nbformat

from coursework.core.course import Course, StaffError
from coursework.core.files import Written, write_whole
from coursework.core.text import by_reason, listed
from coursework.intake.read import read
from coursework.returning.album import original
from coursework.returning.page import formulas_of, notebook_page

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 60  # for one document
NOTE = "font-size: 7pt; width: 100%; padding: 0 12mm; color: #555; display: flex; justify-content: space-between"


@dataclass
class Printed(Written):
    """What was printed, and in whose PDF letters are boxes because no font on this machine has them."""

    boxes: dict[str, str] = field(default_factory=dict)

    def lines(self) -> list[str]:
        said = [
            f"! no font here has {letters} (in {listed(names)}): apt-get install fonts-noto-cjk fonts-noto-core"
            for letters, names in by_reason(self.boxes.items())
        ]
        return [*said, *super().lines()]


@cache
def _covered() -> list[tuple[int, int]]:
    """The characters that the system's fonts have, as ranges; empty when fontconfig cannot be asked."""
    try:
        asked = subprocess.run(["fc-list", "--format", "%{charset} "], capture_output=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return []
    ranges = {tuple(int(x, 16) for x in part.split(b"-")) for part in asked.stdout.split()}
    return sorted((r[0], r[-1]) for r in ranges)


def without_font(page: str) -> str:
    """The letters of a page that no font here has, at most 20; they would be printed as empty boxes."""
    letters = {c for c in html.unescape(page) if ord(c) > 0x24F and unicodedata.category(c)[0] == "L"}
    ranges = _covered()
    return "".join(sorted(c for c in letters if ranges and not any(a <= ord(c) <= b for a, b in ranges))[:20])


class Printer(Protocol):
    """Turns a page into a PDF; `left` is at the foot of each page, beside the page number."""

    def __call__(self, page: str, left: str) -> bytes: ...


@contextlib.contextmanager
def printer() -> Iterator[Printer]:
    """Chromium if the system has one, else WeasyPrint. Raises StaffError when there is neither."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if path:
        with _chromium(path) as made:
            yield made
        return
    try:
        made = _weasy()
    except (ImportError, OSError):  # OSError: without the system's libraries
        raise StaffError("no PDF: there is no Chromium (apt-get install chromium) and no WeasyPrint") from None
    yield made


def _weasy() -> Printer:
    from weasyprint import CSS, HTML

    fetch = _data_only()

    def made(page: str, left: str) -> bytes:
        text = left.replace("\\", " ").replace('"', "'").replace("\n", " ")
        foot = f'@page {{ size: A4; margin: 16mm 14mm; @bottom-left {{ content: "{text}"; font-size: 7pt }}'
        foot += ' @bottom-right { content: counter(page) " / " counter(pages); font-size: 7pt } }'
        # It breaks no line between two tokens of code that no blank divides, and the page's edge would cut such a line.
        page = page.replace('</span><span class="', '</span><wbr><span class="')
        return bytes(HTML(string=page, url_fetcher=fetch).write_pdf(stylesheets=[CSS(string=foot)]))

    return made


def _data_only() -> Any:
    """WeasyPrint's fetcher for pictures in the page itself, and nothing else."""
    try:
        from weasyprint import URLFetcher
    except ImportError:  # before 68
        from weasyprint import default_url_fetcher

        def fetch(url: str, *args: object, **kwargs: object) -> Any:
            if not url.startswith("data:"):
                raise ValueError(f"{url[:40]} is not loaded")
            return default_url_fetcher(url)

        return fetch
    return URLFetcher(allowed_protocols=["data"], allow_redirects=False)


@contextlib.contextmanager
def _chromium(path: str) -> Iterator[Printer]:
    from playwright.sync_api import sync_playwright

    flags = ["--disable-background-networking", "--disable-gpu"]
    with contextlib.ExitStack() as stack:
        try:
            play = stack.enter_context(sync_playwright())
            browser = stack.enter_context(play.chromium.launch(executable_path=path, args=flags))
        except Exception as error:  # whatever a broken browser or its driver gives
            why = next(iter(str(error).splitlines()), "it ended without a word")
            hint = "apt-get install chromium libatomic1"
            raise StaffError(f"no PDF: {path} could not be started ({why[:120]}): {hint}") from None
        context = browser.new_context(java_script_enabled=False, offline=True)
        context.route("**/*", lambda route: route.abort())
        context.set_default_timeout(SECONDS * 1000)

        def made(page: str, left: str) -> bytes:
            sheet = context.new_page()
            try:
                sheet.set_content(page, wait_until="load")
                number = '<span><span class="pageNumber"></span> / <span class="totalPages"></span></span>'
                foot = f'<div style="{NOTE}"><span>{html.escape(left)}</span>{number}</div>'
                margin = {"top": "14mm", "bottom": "16mm", "left": "14mm", "right": "14mm"}
                return sheet.pdf(
                    format="A4", print_background=True, display_header_footer=True, header_template="<span></span>",
                    footer_template=foot, margin=margin,  # type: ignore[arg-type]
                )  # fmt: skip
            finally:
                sheet.close()

        yield made


def print_notebook(path: Path, out: Path) -> Written:
    """One notebook, with its saved outputs, as a PDF. Raises StaffError with the reason when it cannot be read."""
    try:
        nb, _ = read(path.read_bytes(), path.name)
    except OSError as error:
        raise StaffError(f"{path} cannot be read: {(error.strerror or 'the disk says no').lower()}") from None
    except ValueError as error:
        raise StaffError(f"{path} is not a notebook that can be printed: {error}") from None
    with printer() as make:
        return _print({path.stem: (lambda: notebook_page(nb, path.stem, path.parent, path.name), out)}, make)


def print_class(
    course: Course, assignment: str, students: list[str] | None, submissions: bool = False, staff: bool = False
) -> Written:
    """The feedback pages of a class, the submissions, or the staff's pages; each PDF beside the HTML page."""
    if submissions:
        known = course.students(assignment)
        lacks, first = "submission", "coursework collect INBOX"
    elif staff:
        known = sorted(path.stem for path in course.report(assignment).glob("staff/*.html"))
        lacks, first = "staff page", f"coursework feedback {assignment} --staff"
    else:
        known = sorted(path.parent.name for path in course.stage("feedback").glob(f"*/{assignment}"))
        lacks, first = "feedback", f"coursework feedback {assignment}"
    if unknown := sorted(set(students or ()) - set(known)):
        raise StaffError(f"{unknown[0]} has no {lacks} of {assignment}")
    if not known:
        raise StaffError(f"{assignment} has no {lacks}: run `{first}` first")
    pages: dict[str, tuple[Callable[[], str], Path]] = {}
    for student in students or known:
        name = f"{student}, {assignment}"
        if submissions:
            make: Callable[[], str] = partial(_submission, course.submitted(student, assignment), assignment, name)
            pages[name] = (make, course.feedback(student, assignment) / f"{assignment}-submission.pdf")
        else:
            target = course.feedback(student, assignment) / f"{assignment}.html"
            target = course.report(assignment) / "staff" / f"{student}.html" if staff else target
            pages[name] = (partial(target.read_text, encoding="utf-8"), target.with_suffix(".pdf"))
    with printer() as run:
        return _print(pages, run)


def _submission(folder: Path, assignment: str, title: str) -> str:
    nb = nbformat.read(folder / f"{assignment}.ipynb", as_version=4)
    return notebook_page(nb, title, folder / "handin", original(folder))


def _print(pages: dict[str, tuple[Callable[[], str], Path]], make: Printer) -> Written:
    report = Printed("PDF", "written")
    for name, (page, out) in pages.items():
        try:
            text = page()
            payload = make(text, name)
            if not payload.startswith(b"%PDF"):
                raise ValueError("the printer gave no PDF")
            out.parent.mkdir(parents=True, exist_ok=True)
            write_whole(out, payload)
            report.written.append(out)
            report.count(name, *formulas_of(text))
            if letters := without_font(text):
                report.boxes[name] = letters
        except Exception as error:  # one student's page must not cost the others theirs
            report.failed.append((name, _reason(error)))
    return report


def _reason(error: Exception) -> str:
    """What stopped a page, in a line without an exception's name."""
    if isinstance(error, OSError) and error.filename:
        return f"{Path(str(error.filename)).name}: {(error.strerror or 'it cannot be read').lower()}"
    return next(iter(str(error).splitlines()), "it cannot be printed")[:200]
