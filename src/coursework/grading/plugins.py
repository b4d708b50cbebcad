"""nbgrader's own ways in: `nbgrader zip_collect`, formgrader's Collect button, and what comes before autograding.

Submissions are where nbgrader looks for them: `downloaded/<assignment>/archive/` for zip_collect, `inbox/` for
formgrader.
"""

import shutil
import tempfile
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.notebooknode import NotebookNode
from nbgrader.converters.base import NbGraderException
from nbgrader.exchange.abc import ExchangeCollect
from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from traitlets import Bool
from traitlets.config import Config

from coursework.core.course import Course, StaffError, alone
from coursework.grading.gradebook import Context
from coursework.grading.verdicts import put_aside
from coursework.intake.collect import collect
from coursework.intake.report import Report
from coursework.sandbox import selftest
from coursework.sandbox.execute import SandboxExecute


def _tell(log: Any, report: Report) -> None:
    for t in report.taken:
        log.info("%s, %s: %s%s", t.student, t.assignment, t.file, f" ({'; '.join(t.odd)})" if t.odd else "")
    for file, why in [*report.held, *report.refused]:
        log.warning("%s: %s", file, why)
    for assignment, missing in report.nothing.items():
        if missing:
            log.warning("nothing handed in for %s: %s", assignment, ", ".join(missing))


class CollectArchive(ExtractorPlugin):
    """zip_collect's extractor: what it leaves in extracted/ is identified, repaired and safe, a folder a student."""

    def extract(self, archive_path: str, extracted_path: str) -> None:
        assignment = Path(extracted_path).parent.name
        with tempfile.TemporaryDirectory(prefix="coursework-zip-collect-") as temporary:
            aside = Staged(Course.find().root, Path(temporary))
            _tell(self.log, collect(aside, Path(archive_path), only=assignment))
            for folder in sorted(Path(temporary).glob(f"*/{assignment}")):
                shutil.copytree(folder, Path(extracted_path, folder.parent.name, assignment))


class CollectedFile(FileNameCollectorPlugin):
    """zip_collect's collector: student and file by the place where `CollectArchive` put it."""

    def collect(self, submitted_file: str) -> dict | None:
        for folder in Path(submitted_file).parents:
            if (folder / "repair.json").exists():
                inside = Path(submitted_file).relative_to(folder)
                stamp = (folder / "timestamp.txt").read_text().strip()
                return {"student_id": folder.parent.name, "file_id": inside.as_posix(), "timestamp": stamp}
        return None


class CollectInbox(ExchangeCollect):
    """Formgrader's Collect button: everything of this assignment in inbox/."""

    def init_src(self) -> None:
        self.course = Course.find(Path(self.coursedir.root))

    def init_dest(self) -> None:
        pass

    def copy_files(self) -> None:
        inbox = self.course.root / "inbox"
        if not inbox.exists():
            self.fail(f"{inbox} is not there: make it and put the submissions, or the download, into it")
        try:
            report = collect(self.course, inbox, only=self.coursedir.assignment_id)
        except StaffError as error:
            self.fail(str(error))
        else:
            _tell(self.log, report)

    def start(self) -> None:
        self.init_src()
        self.init_dest()
        self.copy_files()


def _begin(converter: Any) -> None:
    """Take the lock of the assignment until nbgrader has converted its notebooks, and see that the sandbox holds."""
    root = Path(converter.coursedir.root).resolve()
    with ExitStack() as stack:
        try:
            stack.enter_context(alone(Course.find(root), converter.coursedir.assignment_id))
            converter.log.info(selftest.start_up(root))
        except StaffError as error:
            converter.log.error(str(error))
            raise NbGraderException(str(error)) from None
        lock, convert = stack.pop_all(), converter.convert_notebooks

    def locked() -> None:
        with lock:
            convert()

    converter.convert_notebooks = locked


class GradingExporter(NotebookExporter):
    """nbgrader's Autograde makes it before it removes anything: the place to see that the sandbox holds, and to keep
    the verdict records of the grades that are about to be replaced (they go on to the preprocessors in a `Context`)."""

    optimistic_validation = Bool(True).tag(config=True)  # after the last preprocessor, not after each

    def __init__(self, config: Config | None = None, **kwargs: Any) -> None:
        super().__init__(config=config, **kwargs)
        converter: Any = self.parent
        if SandboxExecute in converter.autograde_preprocessors:  # else the notebooks have run already
            _begin(converter)
        course = Course.find(Path(converter.coursedir.root))
        places = [(Path(folder).name, Path(folder).parent.name) for folder in converter.assignments]
        self._before = {place: put_aside(course, *place) for place in places}

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kwargs: Any) -> Any:
        return super().from_notebook_node(nb, self._with_verdict(resources, Context()), **kwargs)

    def recorded(self, nb: NotebookNode, resources: Any, context: Context) -> tuple[str, Any]:
        """As `from_notebook_node`, for a notebook that nobody else has: nbconvert copies it four times, and checks it
        three times."""
        resources = self._with_verdict(resources, context) | {"output_extension": self.file_extension}
        for preprocessor in self._preprocessors:
            nb, resources = preprocessor(nb, resources)
        nbformat.validate(nb, relax_add_props=True)
        return nbformat.v4.writes(nb) + "\n", resources

    def _with_verdict(self, resources: Any, context: Context) -> Any:
        about = resources["nbgrader"]
        before = self._before.get((about["assignment"], about["student"]))
        return resources | {"coursework": replace(context, before=before)}


class Staged(Course):
    """The course, with its submitted/ in another place."""

    def __init__(self, root: Path, place: Path) -> None:
        super().__init__(root)
        object.__setattr__(self, "place", place)

    def submitted(self, student: str, assignment: str) -> Path:
        return Path(self.__dict__["place"]) / student / assignment
