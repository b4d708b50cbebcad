"""nbgrader's own ways to collect: `nbgrader zip_collect`, and formgrader's Collect button.

Submissions are where nbgrader looks for them: `downloaded/<assignment>/archive/` for zip_collect, `inbox/` for
formgrader.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from nbgrader.exchange.abc import ExchangeCollect
from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin

from coursework.core.course import Course, StaffError
from coursework.intake.collect import collect
from coursework.intake.report import Report


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


class Staged(Course):
    """The course, with its submitted/ in another place."""

    def __init__(self, root: Path, place: Path) -> None:
        super().__init__(root)
        object.__setattr__(self, "place", place)

    def submitted(self, student: str, assignment: str) -> Path:
        return Path(self.__dict__["place"]) / student / assignment
