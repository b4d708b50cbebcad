"""Several machines: keys that let in only their own, machines that differ, and the jobs of a batch system."""

import functools
import logging
import os
import stat
import subprocess
import sys

import psutil
import pytest
from distributed import Client, LocalCluster, get_worker
from distributed.security import Security

from coursework.core.course import StaffError
from coursework.sandbox import clusters, keys, machines
from coursework.sandbox.engines import run_all

HERE = {
    "python": "3.12.1", "machine": "x86_64", "torch": "2.8.0", "numpy": "2.1.0", "ipykernel": "6.29.5",
    "coursework": "abc", "data": ["fashion", "iris"], "sandbox": "",
}  # fmt: skip


def unreadable(count):
    """Tasks that come back at once: their notebook is none."""
    return {str(n): functools.partial(dict, notebook="none", handin={}, limits={}) for n in range(count)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("keys") / "keys"
    keys.make(made)
    return made


@pytest.fixture(scope="module")
def encrypted(folder):
    """The address of a scheduler and one worker that have the keys."""
    paths = {"tls_ca_file": str(folder / "ca.pem")}
    for role in keys.ROLES:
        paths |= {f"tls_{role}_cert": str(folder / f"{role}.pem"), f"tls_{role}_key": str(folder / f"{role}-key.pem")}
    security = Security(require_encryption=True, **paths)
    options = {"processes": False, "threads_per_worker": 1, "dashboard_address": ":0", "protocol": "tls://"}
    with LocalCluster(n_workers=1, security=security, **options) as cluster:
        yield cluster.scheduler_address


def test_keys_are_for_their_owner_and_not_made_twice(folder):
    assert {path.name for path in folder.iterdir()} == {
        "ca.pem", *(f"{role}{end}" for role in keys.ROLES for end in (".pem", "-key.pem"))
    }  # fmt: skip
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in folder.glob("*-key.pem"))
    before = (folder / "ca.pem").read_bytes()
    with pytest.raises(StaffError, match="is there already"):
        keys.make(folder)
    assert (folder / "ca.pem").read_bytes() == before


def test_with_the_keys_a_scheduler_answers(tiny, folder, encrypted):
    tiny.settings.scheduler, tiny.settings.cluster_keys = encrypted, str(folder)
    answers = dict(run_all(tiny, unreadable(3)))
    assert encrypted.startswith("tls://") and set(answers) == {"0", "1", "2"}
    assert all("Expecting value" in answer["error"] for answer in answers.values())


def test_workers_that_begin_early_are_taken_once_and_end(tiny):
    tiny.settings.engine = "dask"
    before = set(psutil.Process().children(recursive=True))
    with clusters.begun(tiny, 1):
        with clusters.client_of(tiny, 5) as client:
            early = client.run(os.getpid)
        assert len(early) == 1 and not any(map(psutil.pid_exists, early.values()))
        with clusters.client_of(tiny, 1) as client:
            assert client.run(os.getpid) != early
    with clusters.begun(tiny, 1):  # and nobody wants them
        pass
    with clusters.begun(tiny, 0), pytest.raises(ZeroDivisionError), clusters.begun(tiny, 1):
        1 / 0  # noqa: B018
    after = set(psutil.Process().children(recursive=True)) - before
    assert not [p for p in after if "spawn_main" in " ".join(p.cmdline())]


@pytest.mark.parametrize("deaths", [1, 2])
def test_a_worker_that_dies_while_it_starts_is_started_once_more(tiny, monkeypatch, deaths):
    tiny.settings.engine, begun = "dask", []

    def dying(*args, **options):
        begun.append(options)
        if len(begun) <= deaths:
            raise RuntimeError("Nanny failed to start.")
        return LocalCluster(*args, **options)

    monkeypatch.setattr("distributed.LocalCluster", dying)
    if deaths == 1:
        with clusters.client_of(tiny, 1) as client:
            assert len(client.nthreads()) == 1
    else:
        with pytest.raises(StaffError, match=r"end while they start .*--engine serial"), clusters.client_of(tiny, 1):
            pass
    assert len(begun) == 2


def test_what_is_raised_is_not_told_as_well(capfd):
    clusters.hush()
    for name in ("tornado.application", "distributed.nanny"):  # nbgrader's gradebook uses the first
        logging.getLogger(name).error("Traceback (most recent call last): …")
    assert capfd.readouterr().err == ""


def test_workers_say_errors_only(tiny):
    """A task that the end of a run has cancelled is none."""
    tiny.settings.engine = "dask"
    with clusters.client_of(tiny, 1) as client:
        levels = client.run(lambda: [handler.level for handler in logging.getLogger("distributed").handlers])
    assert list(levels.values()) == [[logging.ERROR]]


def test_what_was_sent_is_not_kept(tiny):
    """Each message holds a notebook; a class of a thousand would stay in the main process."""
    tiny.settings.engine = "dask"
    with clusters.client_of(tiny, 1) as client:
        for number in range(30):
            client.submit(len, "x" * number, pure=False).result()
        streams = [client.scheduler_comm, *client.cluster.scheduler.stream_comms.values()]
        kept = [len(stream.recent_message_log) for stream in streams]
    assert len(kept) == 2 and max(kept) <= 10


def test_without_keys_or_with_others_there_is_no_answer(tiny, tmp_path, encrypted):
    tiny.settings.scheduler = encrypted
    with pytest.raises(StaffError, match=r"no Dask scheduler can answer at tls://.*needs"):
        list(run_all(tiny, unreadable(1)))
    keys.make(tmp_path / "others")
    tiny.settings.cluster_keys = str(tmp_path / "others")
    with pytest.raises(StaffError, match="no Dask scheduler answers"):
        list(run_all(tiny, unreadable(1)))
    tiny.settings.scheduler = encrypted.replace("tls", "tcp")
    with pytest.raises(StaffError, match="with cluster_keys it is at tls://"):
        list(run_all(tiny, unreadable(1)))
    tiny.settings.scheduler = encrypted
    (tmp_path / "others" / "client-key.pem").unlink()
    with pytest.raises(StaffError, match=r"client-key.pem is missing: `coursework cluster keys"):
        list(run_all(tiny, unreadable(1)))


@pytest.mark.parametrize(
    ("scheduler", "says"),
    [("", ""), ("tcp://127.0.0.1:8786", ""), ("tcp://localhost:1", ""), ("tls://192.0.2.7:8786", ""),
     ("tcp://192.0.2.7:8786", "travel in clear to tcp://192.0.2.7:8786")],
)  # fmt: skip
def test_what_travels_in_clear_is_said(tiny, scheduler, says):
    tiny.settings.scheduler = scheduler
    assert (says in clusters.in_clear(tiny)) if says else not clusters.in_clear(tiny)


def test_so_it_is_of_a_batch_system_without_keys(tiny):
    tiny.settings.cluster = {"kind": "slurm"}
    assert "travel in clear" in clusters.in_clear(tiny)
    tiny.settings.cluster_keys = "keys"
    assert not clusters.in_clear(tiny)


@pytest.mark.parametrize(
    ("there", "says"),
    [
        ({}, ""),
        ({"python": "3.11.2"}, "python 3.11.2 there, 3.12.1 here"),
        ({"torch": "2.6.0", "numpy": "1.26.4"}, "torch 2.6.0 there, 2.8.0 here; numpy 1.26.4 there, 2.1.0 here"),
        ({"machine": "aarch64"}, "machine aarch64 there"),
        ({"coursework": "abd"}, "its coursework has other code"),
        ({"sandbox": "bubblewrap is missing"}, "it has no sandbox (bubblewrap is missing)"),
        ({"data": None}, "the folder of the data sets is not there"),
        ({"data": ["iris"]}, "the data sets lack fashion there"),
        ({"data": ["fashion", "iris", "more"]}, ""),
        ({"missing": "torch"}, "torch is not installed there"),
    ],
)
def test_machines_that_differ(there, says):
    said = machines.differs(HERE | there, HERE)
    assert (says in said) if says else said == ""


def test_this_machine_is_like_itself(tmp_path):
    (tmp_path / "iris").mkdir()
    assert machines.about(str(tmp_path))["data"] == ["iris"]
    assert machines.about(str(tmp_path / "nowhere"))["data"] is None
    assert machines.differs(machines.about(None), machines.about(None)) == ""


@pytest.fixture
def two(tiny, monkeypatch):
    """The course with a scheduler and two workers, 0 and 1, whose answers to "what are you like" `fake` changes."""
    real, fakes = machines.about, {}

    def about(data):
        try:
            return real(data) | fakes.get(get_worker().name, {})
        except ValueError:  # no worker asks
            return real(data)

    monkeypatch.setattr(machines, "about", about)
    with LocalCluster(n_workers=2, processes=False, threads_per_worker=1, dashboard_address=":0") as cluster:
        tiny.settings.scheduler = cluster.scheduler_address
        yield tiny, fakes


def test_a_worker_that_differs_is_named_once_and_not_used(two, caplog):
    course, fakes = two
    fakes[0] = {"torch": "1.13.0"}
    began = {}
    answers = dict(run_all(course, unreadable(8), lambda key, at: began.update({key: at})))
    assert set(answers) == set(began) == {str(n) for n in range(8)}
    assert all("Expecting value" in answer["error"] for answer in answers.values())
    (line,) = [record.getMessage() for record in caplog.records if "is not used" in record.getMessage()]
    assert "torch 1.13.0 there" in line
    with Client(course.settings.scheduler) as client:
        assert len(client.nthreads()) == 2  # another course may use it


def test_where_none_can_grade_the_run_ends(two):
    course, fakes = two
    fakes |= {0: {"sandbox": "bubblewrap is missing"}, 1: {"sandbox": "bubblewrap is missing"}}
    with pytest.raises(StaffError, match=r"no worker can grade here, 0 of 4 done: .*bubblewrap is missing"):
        list(run_all(course, unreadable(4)))


SLURM = {"kind": "slurm", "queue": "cpu", "cores": 4, "memory": "24GiB", "walltime": "01:00:00", "jobs": [1, 20],
         "prologue": ["module load python"]}  # fmt: skip


def test_the_jobs_of_a_batch_system(tiny, folder):
    tiny.settings.cluster, tiny.settings.cluster_keys = SLURM, str(folder)
    assert clusters.bounds(tiny) == (1, 20)
    with clusters.batch_system(tiny) as cluster:
        script = cluster.job_script()
        assert cluster.scheduler_address.startswith("tls://")
    for part in ("#SBATCH -p cpu", "#SBATCH -t 01:00:00", "#SBATCH --cpus-per-task=4", "module load python",
                 "--nthreads 1", "--nworkers 4", "--tls-key"):  # fmt: skip
        assert part in script


def test_without_cores_and_memory_a_job_has_room_for_one_notebook(tiny):
    tiny.settings.cluster, tiny.settings.memory_gib = {"kind": "pbs"}, 4.0
    with clusters.batch_system(tiny) as cluster:
        script = cluster.job_script()
    assert "ncpus=1:mem=6" in script and "--nthreads 1" in script


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"kind": "slrum"}, "lsf, .*slurm, not 'slrum'"), ({"kind": None}, '"kind" is one of'),
     ({"jobs": [3, 1]}, '"jobs" is a number'), ({"jobs": "many"}, '"jobs" is a number'), ({"jobs": 0}, "jobs"),
     ({"que": "cpu"}, "que")],
)  # fmt: skip
def test_a_wrong_setting_is_named(tiny, changes, says):
    tiny.settings.cluster = SLURM | changes
    with pytest.raises(StaffError, match=says):
        clusters.batch_system(tiny)


def test_to_read_a_task_a_scheduler_imports_next_to_nothing():
    """It answers nobody meanwhile, and on a busy machine the command would take it for gone."""
    heavy = ("nbgrader", "nbclient", "torch")
    code = f"import sys, coursework.sandbox.worker; print([n for n in {heavy} if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
