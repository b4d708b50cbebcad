"""A GPU as a resource: who gets one, one at a time, what of it is seen in the sandbox, and what is done without."""

import functools
import threading
import time
from pathlib import Path

import nbformat
import pytest
from distributed import LocalCluster

from coursework.core.course import StaffError
from coursework.judging import reference
from coursework.sandbox import bubblewrap, clusters, engines, gpus, tasks, walls
from coursework.sandbox.engines import run_all
from coursework.sandbox.limits import Limits

DEVICE = (Path("/dev/nvidia0"),)


def asking(count, gpu=True):
    return {str(n): functools.partial(dict, notebook="none", handin={}, limits={}, gpu=gpu) for n in range(count)}


@pytest.fixture
def ran(monkeypatch):
    """What `run_task` was called with, and how many ran at once; it takes a moment and runs nothing."""
    found, lock, now = {"devices": [], "workers": set(), "most": 0}, threading.Lock(), []

    def stub(task, devices=()):
        from distributed import get_worker

        with lock:
            now.append(task)
            found["most"] = max(found["most"], len(now))
            found["devices"].append(devices)
            found["workers"].add(get_worker().name)
        time.sleep(0.03)
        with lock:
            now.remove(task)
        return {"notebook": "", "evidence": {}, "error": None}

    monkeypatch.setattr(tasks, "run_task", stub)
    monkeypatch.setattr(gpus, "own_devices", lambda: DEVICE)
    return found


@pytest.fixture
def workers(tiny):
    """Workers, as threads of this process, of several cores each; those that declare a GPU come first."""
    made = []

    def start(count, with_gpu):
        cluster = LocalCluster(n_workers=0, processes=False, threads_per_worker=4, dashboard_address=":0")
        made.append(cluster)
        plain = cluster.new_spec
        if with_gpu:
            cluster.new_spec = plain | {"options": plain["options"] | {"resources": {"GPU": 1}}}
            cluster.scale(with_gpu)
        cluster.new_spec = plain
        cluster.scale(count)
        tiny.settings.scheduler = cluster.scheduler_address
        cluster.wait_for_workers(count)
        return tiny

    yield start
    for cluster in made:
        cluster.close()


def test_a_worker_with_a_gpu_runs_one_at_a_time_and_the_others_none(workers, ran):
    answers = dict(run_all(workers(2, 1), asking(9)))
    assert len(answers) == 9 and not any(answer["error"] for answer in answers.values())
    assert (ran["workers"], ran["most"], set(ran["devices"])) == ({0}, 1, {DEVICE})


def test_what_asks_for_none_gets_none(workers, ran):
    dict(run_all(workers(1, 1), asking(9, gpu=False)))
    assert set(ran["devices"]) == {()} and ran["most"] > 1


def test_where_none_is_declared_they_run_on_a_cpu(workers, ran, caplog):
    dict(run_all(workers(2, 0), asking(6)))
    assert set(ran["devices"]) == {()} and ran["most"] > 1
    assert [r.getMessage() for r in caplog.records if "GPU" in r.getMessage()] == [
        "no worker has a GPU: the notebooks that ask for one use a CPU"
    ]


def test_a_gpu_that_is_declared_and_absent_is_named_once(workers, ran, caplog, monkeypatch):
    def absent():
        raise gpus.NoDevice("/dev/nvidia0 is missing")

    monkeypatch.setattr(gpus, "own_devices", absent)
    answers = dict(run_all(workers(1, 1), asking(4)))
    assert len(answers) == 4 and not any(answer["error"] for answer in answers.values()) and set(ran["devices"]) == {()}
    (line,) = [r.getMessage() for r in caplog.records if "GPU" in r.getMessage()]
    assert "declares a GPU, but /dev/nvidia0 is missing: notebooks use its CPU" in line


def test_when_the_last_gpu_is_gone_they_go_to_the_others(workers, ran, monkeypatch):
    calls = []

    def declaring(_):
        calls.append(1)
        return {"tcp://gone:1"} if len(calls) < 3 else set()

    monkeypatch.setattr(gpus, "declaring", declaring)
    monkeypatch.setattr(engines, "PATIENCE", 0.3)
    monkeypatch.setattr(engines, "FRESH", 0.0)
    answers = dict(run_all(workers(1, 0), asking(5)))
    assert set(answers) == {"0", "1", "2", "3", "4"} and set(ran["devices"]) == {()}


@pytest.mark.slow
def test_this_machines_workers_declare_as_many_as_the_settings_say(tiny):
    """Processes of their own: where no device is, they say so."""
    tiny.settings.engine, tiny.settings.workers, tiny.settings.gpus = "dask", 2, 1
    with clusters.client_of(tiny, 4) as client:
        client.wait_for_workers(2, timeout=30)
        known = client.scheduler_info(n_workers=-1)["workers"]
        assert len(known) == 2 and len(gpus.declaring(known)) == 1
        (own,) = gpus.declaring(known)
        assert client.run(gpus.visible, 0, workers=[own]) == {own: "0"}


def test_one_after_the_other_the_first_gpu_is_used(tiny, monkeypatch, caplog):
    given = []
    monkeypatch.setattr(engines, "run_task", lambda task, devices: given.append(devices) or {"error": None})
    tiny.settings.engine = "serial"
    list(run_all(tiny, asking(1)))
    tiny.settings.gpus = 1
    list(run_all(tiny, asking(2)))
    assert given == [(), (), ()] and caplog.text.count("notebooks use the CPU") == 1
    monkeypatch.setattr(gpus, "own_devices", lambda: DEVICE)
    list(run_all(tiny, asking(1) | {"other": lambda: {"gpu": False}}))
    assert given[3:] == [DEVICE, ()]


@pytest.fixture
def driver(tmp_path, monkeypatch):
    """A machine whose second GPU on the bus is device file 0."""
    monkeypatch.setattr(gpus, "DEVICES", tmp_path)
    monkeypatch.setattr(gpus, "DRIVER", tmp_path / "gpus")
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    for name in ("nvidia0", "nvidia1", "nvidiactl", "nvidia-uvm"):
        (tmp_path / name).touch()
    for bus, minor, uuid in (("0000:01:00.0", 1, "GPU-aa11"), ("0000:02:00.0", 0, "GPU-bb22")):
        (tmp_path / "gpus" / bus).mkdir(parents=True)
        text = f"Model: \t\t Some\nGPU UUID: \t {uuid}\nDevice Minor: \t {minor}\n"
        (tmp_path / "gpus" / bus / "information").write_text(text)
    return tmp_path


@pytest.mark.parametrize(
    ("visible", "file"),
    [(None, "nvidia1"), ("0", "nvidia1"), ("1", "nvidia0"), ("1,0", "nvidia0"), ("GPU-bb", "nvidia0"), ("5", ""),
     ("-1", ""), ("NoDevFiles", ""), ("GPU-cc", "")],
)  # fmt: skip
def test_the_device_of_a_worker(driver, monkeypatch, visible, file):
    if visible is not None:
        monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    if not file:
        with pytest.raises(gpus.NoDevice, match="there is no GPU"):
            gpus.own_devices()
    else:
        assert [path.name for path in gpus.own_devices()] == [file, "nvidiactl", "nvidia-uvm"]


def test_a_device_whose_driver_is_half_there(driver):
    (driver / "nvidia-uvm").unlink()
    with pytest.raises(gpus.NoDevice, match="nvidia-uvm is missing"):
        gpus.own_devices()


def test_the_workers_of_a_machine_have_a_device_each(monkeypatch):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "4,6")
    assert [gpus.visible(number) for number in range(3)] == ["4", "6", "none"]
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES")
    assert [gpus.visible(number) for number in range(2)] == ["0", "1"]


def some_device():
    """A device file that no sandbox has."""
    for name in ("fuse", "net/tun", "loop-control", "kmsg", "mem"):
        if Path("/dev", name).exists():
            return Path("/dev", name)
    pytest.skip("this machine has only the devices that every sandbox has")


def test_the_sandbox_sees_the_device_and_only_if_it_is_given():
    device = some_device()
    code = f"import os, stat; print(os.path.exists({str(device)!r}) and stat.S_ISCHR(os.stat({str(device)!r}).st_mode))"
    with bubblewrap.settings(devices=(device,)):
        assert not bubblewrap.is_warm()
        assert bubblewrap.run(code, Limits())[0].strip() == "True"
    assert bubblewrap.run(code, Limits())[0].strip() == "False"
    assert "--dev-bind" not in walls.command(["true"], Path("/tmp"), Limits(), None, None, 1000)


@pytest.mark.slow
def test_a_notebook_sees_it_and_its_evidence_does_not():
    device = some_device()
    text = nbformat.writes(
        nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(f"import os\nos.path.exists({str(device)!r})")])
    )
    task = {"notebook": text, "handin": {}, "limits": {"cell_seconds": 20, "total_seconds": 100}, "data": None}
    task["evidence"] = {"one": {"notebook": text, "handin": {}}}
    answer = tasks.run_task(task, (device,))
    assert answer["error"] is None
    seen = [nbformat.reads(n, as_version=4).cells[0].outputs[0].data["text/plain"] for n in
            (answer["notebook"], answer["evidence"]["one"])]  # fmt: skip
    assert seen == ["True", "False"]


def test_a_source_asks_for_one(tiny):
    path = tiny.source("hw0-tiny")
    nb = nbformat.read(path, as_version=4)
    assert reference.task(tiny, nb)["gpu"] is False
    nb.metadata.coursework["gpu"] = True
    student = nbformat.from_dict(nb)
    assert reference.task(tiny, student)["gpu"] is False  # what a submission says of itself has no effect
    nbformat.write(nb, path)
    assert reference.task(tiny, student)["gpu"] is True


def test_a_job_of_a_batch_system_has_one(tiny):
    tiny.settings.cluster = {"kind": "slurm", "gpu": True}
    with clusters.batch_system(tiny) as cluster:
        script = cluster.job_script()
    assert "#SBATCH --gres=gpu:1" in script and "--resources GPU=1" in script and "--nthreads 1" in script
    tiny.settings.cluster = {"kind": "slurm", "gpu": True, "job_extra_directives": ["--gpus=a100:1"]}
    with clusters.batch_system(tiny) as cluster:
        assert "--gpus=a100:1" in cluster.job_script() and "gres" not in cluster.job_script()
    tiny.settings.cluster = {"kind": "pbs", "gpu": True, "cores": 4}
    with pytest.raises(StaffError, match='with a "gpu" a job has 1 in "cores", not 4'):
        clusters.batch_system(tiny)
