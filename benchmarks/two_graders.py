"""Two graders who save in formgrader all the time, with the gradebook in PostgreSQL, while something else happens."""

import contextlib
import threading
import time
import urllib.error
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import Gradebook

from coursework.authoring import release
from coursework.core.course import Course
from tests.support import formgrader, postgres


class Saved:
    """What the two have saved, and what went wrong with it."""

    def __init__(self, assignment: str, answer: str) -> None:
        self.assignment, self.answer = assignment, answer
        self.points: dict[str, float] = {}
        self.comments: dict[str, str] = {}
        self.failed: list[str] = []
        self.over = threading.Event()
        self.threads: list[threading.Thread] = []

    def start(self, servers: list[formgrader.Server]) -> None:
        self.threads = [threading.Thread(target=self.mark, args=(server, odd)) for odd, server in enumerate(servers)]
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """Let both finish what they are saving."""
        self.over.set()
        for thread in self.threads:
            thread.join()

    def mark(self, server: formgrader.Server, odd: int) -> None:
        """Round after round over all that is graded: of one submission the one gives points, the other comments."""
        turn = 0
        while not self.over.is_set() and not self.failed:
            turn += 1
            try:
                graded = server.submissions(self.assignment)
                for number, (student, submission) in enumerate(sorted(graded.items())):
                    if submission and int(student[-2:]) % 2 == odd:
                        grade = server.grade(submission, self.answer)
                        points = (turn + number) % 9 / 8
                        server.ask(f"/api/grade/{grade['id']}", "PUT", manual_score=points, extra_credit=None)
                        self.points[student] = points
                    elif submission:
                        comment = server.comment(submission, self.answer)
                        server.ask(f"/api/comment/{comment['id']}", "PUT", manual_comment=f"said {turn}")
                        self.comments[student] = f"said {turn}"
            except (urllib.error.URLError, StopIteration, OSError) as error:
                self.failed.append(f"a grader could not save: {type(error).__name__}: {error}")
            time.sleep(0.5)

    def lost(self, course: Course) -> list[str]:
        """What is not in the gradebook as it was saved last."""
        self.stop()
        wrong = list(self.failed)
        with Gradebook(course.db_url) as book:
            for student, points in self.points.items():
                here = book.find_submission_notebook(self.assignment, self.assignment, student)
                grade = next(g for g in here.grades if g.name == self.answer)
                wrong += [f"{student}: points {points} were lost"] * (grade.manual_score != points)
            for student, said in self.comments.items():
                here = book.find_submission_notebook(self.assignment, self.assignment, student)
                comment = next(c for c in here.comments if c.name == self.answer)
                wrong += [f"{student}: the comment {said!r} was lost"] * (comment.manual_comment != said)
        return wrong + ["nobody could save anything"] * (not self.points or not self.comments)


@contextlib.contextmanager
def saving(course: Course, assignment: str, answer: str, home: Path) -> Iterator[tuple[Course, Saved]]:
    """(the course, whose gradebook is in PostgreSQL now; what the two save)."""
    saved = Saved(assignment, answer)
    with contextlib.ExitStack() as stack:
        address = stack.enter_context(postgres.running())
        with open(course.root / "nbgrader_config.py", "a", encoding="utf-8") as config:
            config.write(f"\nc.CourseDirectory.db_url = {address!r}\n")
        course = Course(course.root)
        release.ensure_recorded(course, assignment)
        servers = [stack.enter_context(formgrader.running(course.root, home / name)) for name in ("ann", "bob")]
        saved.start(servers)
        try:
            yield course, saved
        finally:
            saved.stop()
