"""A class on the nodes of a real Slurm on this machine: in sandboxes, encrypted, and a node is taken away."""

import subprocess

import psutil
import pytest

from coursework.core.course import Course
from coursework.grading.autograde import autograde
from coursework.sandbox import keys
from tests.support import slurm
from tests.support.course import answered, submit

SETTING = {"kind": "slurm", "queue": "cpu", "cores": 1, "memory": "6GiB", "walltime": "00:20:00", "jobs": 2}


@pytest.mark.slow
@pytest.mark.skipif(bool(slurm.missing()), reason=slurm.missing() or "there is a Slurm")
def test_a_class_on_slurm_loses_a_node_and_nobody(proven, tmp_path):
    students = [f"student{number}" for number in range(6)]
    for number, student in enumerate(students):
        submit(
            proven, student, answered(proven, **({} if number else {"double": "def double(x):\n    return x * x\n"}))
        )
    keys.make(tmp_path / "keys")
    config = proven.root / "nbgrader_config.py"
    config.write_text(
        f"{config.read_text()}\nc.CourseworkSettings.cluster = {SETTING}\n"
        f"c.CourseworkSettings.cluster_keys = {str(tmp_path / 'keys')!r}\n"
    )
    began: dict[str, list[str]] = {}
    gone = []

    def tell(done, todo, last):
        if done == 1 and not gone:
            (process,) = {int(at.split("/")[1]) for at in began[last.student][-1:]}
            node = psutil.Process(process).environ()["SLURMD_NODENAME"]
            gone.append((node, slurm.take_away(slurmds, node)))

    with slurm.running(3) as slurmds:
        result = autograde(
            Course(proven.root), "hw0-tiny", tell=tell, began=lambda who, at: began.setdefault(who, []).append(at)
        )
        queued = subprocess.run(["squeue", "-h", "-t", "running,pending"], capture_output=True, text=True).stdout
    assert {row.student: row.score for row in result.rows} == dict.fromkeys(students, 7) | {"student0": 3}
    assert not [row.error for row in result.rows if row.error]
    assert gone and gone[0][1] > 0 and set(began) == set(students)
    assert gone[0][0] in queued or not queued  # the jobs are given back; of the dead node Slurm hears later
