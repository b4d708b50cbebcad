"""`coursework import`: a plain nbgrader source notebook as an assignment of this course, cell by cell.

Ids follow this course's rule, so that every test belongs to an answer; asserts become probes where they can (see
`asserts`), and what could not be read as one stays an assert. The result is run once with the notebook's own solutions:
a probe whose value cannot travel becomes an assert again, and a notebook whose solution fails is refused.
"""

import re
import shutil
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat.notebooknode import NotebookNode
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import is_grade, is_solution, is_task

from coursework.authoring.building import Builder, Row
from coursework.authoring.new import NAME
from coursework.core.cells import grade_id_of
from coursework.core.course import Course, StaffError, read_notebook
from coursework.core.files import write_whole
from coursework.core.probes import Probe
from coursework.judging.reference import agrees, checked, executed_source, prepared, probes_of
from coursework.judging.values import unjudgeable
from coursework.notebook.definitions import defined

MOST_RUNS = 5  # of the solution, each of which may make asserts of probes
IGNORED = (".ipynb_checkpoints", "__pycache__", ".DS_Store")


@dataclass
class Imported:
    """What an import made, and of what."""

    assignment: str
    rows: list[Row] = field(default_factory=list)
    points: float = 0.0
    folder: Path | None = None

    @property
    def kept(self) -> list[str]:
        return [row.now for row in self.rows if row.what == "kept"]

    @property
    def exit_code(self) -> int:
        """3 when a cell is not in the import."""
        return 3 if any(row.what == "refused" for row in self.rows) else 0


def notebooks(path: Path) -> list[Path]:
    """The source notebooks of PATH: itself, or those of an nbgrader assignment's folder. Raises StaffError."""
    found = sorted(path.glob("*.ipynb")) if path.is_dir() else [p for p in [path] if p.is_file()]
    if not found:
        raise StaffError(f"{path} is neither a notebook nor a folder with notebooks in it")
    return found


def name_of(path: Path, alone: bool) -> str:
    """The assignment's id: the notebook's name; of one of several in a folder, the folder's name in front."""
    text = path.stem if alone else f"{path.parent.name}-{path.stem}"
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def read(path: Path) -> NotebookNode:
    """A source notebook of nbgrader's, its metadata as of today. Raises StaffError when it cannot be imported."""
    nb = read_notebook(path)
    language = nb.metadata.get("language_info", {}).get("name") or nb.metadata.get("kernelspec", {}).get("language")
    if language and language != "python":
        raise StaffError(f"{path} is a notebook of {language}: this course grades Python")
    nb = MetadataValidator().upgrade_notebook_metadata(nb)
    if not any(is_grade(cell) or is_solution(cell) or is_task(cell) for cell in nb.cells):
        raise StaffError(f"{path} has no answer and no test of nbgrader's: it is not a source notebook")
    if any(cell.metadata.get("coursework") for cell in nb.cells) or nb.metadata.get("coursework"):
        raise StaffError(f"{path} is an assignment of this course already: copy it to source/")
    ids = Counter(grade_id_of(cell) for cell in nb.cells if grade_id_of(cell))
    if twice := [name for name, times in ids.items() if times > 1]:
        raise StaffError(f"{path} has the grade_id {twice[0]} twice: rename one")
    code = [cell.source for cell in nb.cells if cell.cell_type == "code"]
    if any("check" in defined(text) or re.search(r"\bimport .*\bcheck\b", text) for text in code):
        raise StaffError(f"{path} has a name `check` of its own, which this course needs: rename it")
    return nb


def settle(course: Course, built: Builder, files: dict[str, bytes]) -> NotebookNode:
    """Run the notebook with its own solutions until every probe can be judged. Raises StaffError when that fails."""
    for _ in range(MOST_RUNS):
        nb = built.notebook()
        executed = executed_source(course, built.name, prepared(nbformat.from_dict(nb)), files)
        if not _corrected(built, executed):
            break
    checked(built.name, executed)  # as every later command does
    return nb


def _corrected(built: Builder, executed: NotebookNode) -> bool:
    """Let probes whose value cannot travel be asserts again; the teacher's values go where the solution has them."""
    changed = False
    for cell in executed.cells:
        test = built.tests.get(cell.id)
        if test is None:
            continue
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                raise StaffError(
                    f"the notebook's own solution fails in cell {test.before}: {output.ename}: "
                    f"{str(output.evalue).splitlines()[0] if output.evalue else ''}".removesuffix(": ")
                )
        for probe in probes_of(cell, False):
            changed = test.correct(probe, _fault(probe)) or changed
        if about := [o for o in cell.get("outputs", []) if o.output_type == "execute_result"]:
            changed = test.last_line(about[-1].get("data", {}).get("text/plain", "")) or changed
    return changed


def _fault(probe: Probe) -> str:
    """Why the solution's own value cannot be a probe; "" when it can."""
    value = probe.own or probe.value
    if value.get("kind") == "raised":
        return f"the solution raises {value.get('type')} there"
    if unjudgeable(value) or unjudgeable(probe.value):
        return "its value is not a number, an array or text, in lists of lists at most"
    if probe.own and not agrees(probe, value):
        return "its shape is not that of the value it is compared with"
    return ""


def place(course: Course, path: Path, name: str) -> Path:
    """The folder that an import makes.

    Args:
        course: The course that gets it.
        path: The notebook to import.
        name: Id of the assignment.

    Returns:
        A folder in source/ that is not there yet.

    Raises:
        StaffError: When the notebook is in source/ itself, the name is no id, or the folder is there.
    """
    sources = course.stage("source")
    if path.resolve().is_relative_to(sources.resolve()):
        raise StaffError(
            f"{path} is in this course's own {sources.name}/, where the import goes: the notebook to import must be "
            f"outside of {sources.name}/, as in `coursework import ../old-course/source/ps1`"
        )
    if not NAME.fullmatch(name):
        raise StaffError(f"{name!r} is not an assignment's id: name one with --name, as in hw6-attention")
    target = sources / name
    if target.exists():
        raise StaffError(f"{target} is there already: choose another name with --name")
    return target


def convert(course: Course, path: Path, name: str, whole: bool = False) -> Imported:
    """Import one notebook as source/`name`/, whole or not at all.

    Args:
        path: A source notebook of nbgrader's.
        name: Id of the assignment.
        whole: Whether everything beside it goes with it, as in nbgrader; else what it names.

    Returns:
        What became of each cell.

    Raises:
        StaffError: When it cannot be imported; nothing is written then.
    """
    target = place(course, path, name)
    files = _beside(path, whole)
    built = Builder(read(path), name, sorted(files))
    nb = settle(course, built, {relative: file.read_bytes() for relative, file in files.items()})
    try:
        for relative, file in files.items():
            write_whole(target / relative, file.read_bytes())
        write_whole(target / f"{name}.ipynb", nbformat.writes(nb) + "\n")
    except OSError:
        shutil.rmtree(target, ignore_errors=True)
        raise
    points = float(nb.metadata.coursework.points)
    return Imported(name, built.report(), points, target)


def _beside(path: Path, whole: bool) -> dict[str, Path]:
    """Name → file, of what is beside a source notebook: pictures, data, modules; no other notebook."""
    text = path.read_text(encoding="utf-8", errors="replace")
    found = {}
    for file in sorted(path.parent.rglob("*")) if whole else sorted(path.parent.glob("*")):
        relative = file.relative_to(path.parent)
        named = file.name in text or (file.suffix == ".py" and re.search(rf"\bimport {re.escape(file.stem)}\b", text))
        named = named or (file.suffix == ".py" and re.search(rf"\bfrom {re.escape(file.stem)} import\b", text))
        if not file.is_file() or file.suffix == ".ipynb" or not (whole or named):
            continue
        if not any(part in IGNORED for part in relative.parts):
            found[relative.as_posix()] = file
    return found
