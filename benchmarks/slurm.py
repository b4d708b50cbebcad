"""A class on 1, 2 and 4 nodes of a real Slurm, and once more on 4 of which one is taken away in the middle.

    python -m benchmarks.slurm [--students 60] [--nodes 1 2 4]

Slurm (tests/support/slurm.py) and its nodes are on this machine, so all of them share its cores: seconds say nothing
of what more nodes would bring. What can be seen is the work. CPU seconds are those of everything that the run has
started, read from a control group of its own: Slurm, the jobs with their warm processes and kernels, and the command
itself. A node is "taken" while a notebook runs on it. The class is the tests' small course, each notebook in its
sandbox, on connections with keys. Needs root, slurm-wlm and munge.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.kills import half_written, left_over
from coursework.authoring import release
from coursework.core.course import Course
from coursework.grading.autograde import Graded, autograde
from coursework.judging.reference import reference
from coursework.sandbox import keys
from tests.support import slurm
from tests.support.course import answered, submit, write_course

A = "hw0-tiny"


@contextmanager
def work() -> Iterator[list[float]]:
    """CPU seconds of all that is started in the block: one number, there when it is over.

    A process that makes itself independent, as Slurm's do, stays in the group that it was started in (cgroups(7)).
    """
    mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    top = next(Path(words[1]) for words in mounts if words[2] == "cgroup2")
    own = Path(f"/proc/{os.getpid()}/cgroup").read_text().split("0::/")[1].splitlines()[0]
    group, spent = Path(tempfile.mkdtemp(prefix="coursework-slurm-", dir=top)), list[float]()
    (group / "cgroup.procs").write_text(str(os.getpid()))
    try:
        yield spent
    finally:
        used = dict(line.split() for line in (group / "cpu.stat").read_text().splitlines())
        spent.append(int(used["usage_usec"]) / 1e6)
        (top / own / "cgroup.procs").write_text(str(os.getpid()))
        with suppress(OSError):  # what has just been killed may still be in it
            time.sleep(1)
            group.rmdir()


@dataclass
class Seen:
    """What a run showed while it went on."""

    slurmds: dict
    lose: bool
    node_of: dict[str, str] = field(default_factory=dict)  # host/process → its node
    begun: list[tuple[str, str, float]] = field(default_factory=list)  # (student, node, when)
    first: float = 0.0
    last: float = 0.0
    gone: tuple[str, int] | None = None

    def began(self, student: str, at: str) -> None:
        if at not in self.node_of:
            self.node_of[at] = psutil.Process(int(at.split("/")[1])).environ()["SLURMD_NODENAME"]
        self.first = self.first or time.monotonic()
        self.begun.append((student, self.node_of[at], time.monotonic()))

    def tell(self, done: int, todo: int, row: Graded) -> None:
        self.last = time.monotonic()
        if self.lose and not self.gone and done >= todo // 2:
            node = self.begun[-1][1]
            self.gone = node, slurm.take_away(self.slurmds, node)

    def shares(self) -> Counter:
        """node → submissions that it graded: where a submission began last."""
        return Counter({student: node for student, node, _ in self.begun}.values())


def course_in(folder: Path, students: int, nodes: int) -> tuple[Course, dict[str, float]]:
    """The class, and student → score that must come out."""
    course, expected = write_course(folder), {}
    release.release(course, A, unproven=True)
    for number in range(students):
        wrong = {"double": "def double(x):\n    return x * x\n"} if number % 3 == 0 else {}
        submit(course, f"student{number:02}", answered(course, **wrong))
        expected[f"student{number:02}"] = 3.0 if wrong else 7.0
    reference(course, A)
    keys.make(folder / "keys")
    setting = {"kind": "slurm", "queue": "cpu", "cores": 1, "memory": "6GiB", "walltime": "01:00:00", "jobs": nodes}
    config = folder / "nbgrader_config.py"
    config.write_text(
        f"{config.read_text()}\nc.CourseworkSettings.cluster = {setting}\n"
        f"c.CourseworkSettings.cluster_keys = {str(folder / 'keys')!r}\n"
    )
    return Course(folder), expected


def one(students: int, nodes: int, lose: bool) -> None:
    """Grade a class so, and print its row. With `lose`, a node is taken away when half is graded."""
    with tempfile.TemporaryDirectory() as folder:
        course, expected = course_in(Path(folder), students, nodes)
        with work() as spent, slurm.running(nodes) as slurmds:
            seen = Seen(slurmds, lose)
            summary = autograde(course, A, tell=seen.tell, began=seen.began)
        scores = {row.student: row.score for row in summary.rows if not row.error}
        wrong = [*half_written(course), *left_over(course)]
    if scores != expected or wrong or (lose and not seen.gone):
        sys.exit(f"not as undisturbed: {wrong} {[row.error for row in summary.rows if row.error][:2]}")
    shares = " + ".join(str(count) for _, count in sorted(seen.shares().items()))
    name = f"{nodes}, one taken away in the middle" if lose else str(nodes)
    twice = len(seen.begun) - students
    clock = seen.last - seen.first
    print(
        f"| {name} | {shares} | {twice} | {spent[0]:.0f} | {spent[0] / students:.2f} | {clock:.0f} | all {students} |",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--students", type=int, default=60)
    parser.add_argument("--nodes", type=int, nargs="+", default=[1, 2, 4])
    words = parser.parse_args()
    if reason := slurm.missing():
        sys.exit(reason)
    os.environ.pop("COURSEWORK_DATA", None)
    print("| nodes | submissions of each | begun twice | CPU s in all | CPU s each | s by the clock | grades right |")
    print("|---|---|---|---|---|---|---|")
    for nodes in words.nodes:
        one(words.students, nodes, lose=False)
    if max(words.nodes) > 1:
        one(words.students, max(words.nodes), lose=True)


if __name__ == "__main__":
    main()
