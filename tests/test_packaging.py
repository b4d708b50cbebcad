"""pyproject.toml, environment.yml, Makefile and .ci say the same, and name no machine of ours."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CONDA_NAMES = {"pytorch": "torch", "jupyter_client": "jupyter-client"}
NOT_FROM_PYPI = {"python", "pip", "-e ."}  # what environment.yml needs on top


def requirement(text: str) -> tuple[str, str]:
    """'nbgrader>=0.9.6' → ('nbgrader', '>=0.9.6')."""
    name = re.match(r"[\w.-]+", text)[0]
    return CONDA_NAMES.get(name, name), text[len(name) :].strip()


def conda() -> tuple[dict[str, str], list[str]]:
    """Name → version rule of everything in environment.yml, and the lines of its pip section."""
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    lines = [line for line in environment["dependencies"] if isinstance(line, str)]
    (pip,) = [line["pip"] for line in environment["dependencies"] if isinstance(line, dict)]
    return dict(requirement(line) for line in [*lines, *pip] if line != "-e ."), pip


def test_conda_and_pip_users_get_the_same_packages():
    wanted = dict(requirement(r) for r in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]])
    found, pip = conda()
    assert "-e ." in pip
    assert {k: v for k, v in found.items() if k not in NOT_FROM_PYPI} == wanted


def test_both_ask_for_the_same_python():
    assert conda()[0]["python"] == PROJECT["requires-python"] == ">=3.11"
    script = (ROOT / ".ci" / "environment").read_text(encoding="utf-8")
    assert "sys.version_info < (3, 11)" in script


def tracked() -> list[Path]:
    """The files that git has or would take; all files where there is no git."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, capture_output=True, text=True)
    if listing.returncode:
        pytest.skip("not a git clone")
    return [ROOT / name for name in listing.stdout.splitlines()]


def test_no_lock_file():
    names = [path.name for path in tracked()]
    locks = [n for n in names if re.fullmatch(r".*\.lock|.*-lock\.\w+|requirements.*\.txt|constraints.*\.txt", n)]
    assert not locks


def test_no_registry_address():
    files = [ROOT / n for n in ("pyproject.toml", "environment.yml", "Makefile", ".ci/run", ".ci/environment")]
    for path in files:
        found = re.search(r"index-url|find-links|file://|pypi\.org|/simple\b|/opt/|/work/", path.read_text("utf-8"))
        assert not found, f"{path.name}: {found}"


def test_ci_runs_make_test_and_its_scripts_can_run():
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").rstrip().endswith("exec make test")
    for name in ("run", "environment"):
        script = ROOT / ".ci" / name
        assert os.access(script, os.X_OK), name
        subprocess.run(["bash", "-n", script], check=True)


def test_make_has_the_commands_that_the_readme_promises():
    for target in ("demo", "test", "lint", "prove", "bench", "venv"):
        subprocess.run(["make", "--dry-run", "--silent", target], cwd=ROOT, check=True, capture_output=True)


def fake_tool(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def bare(tmp_path):
    """run(*tools) → the script's result on a machine that has just these, besides a shell's own and a normal user."""

    def run(*tools: str) -> subprocess.CompletedProcess:
        folder = tmp_path / "bin"
        folder.mkdir()
        for name in ("bash", "dirname"):
            (folder / name).symlink_to(Path("/bin" if name == "bash" else "/usr/bin", name))
        fake_tool(folder, "id", "echo 1000")
        for name in tools:
            fake_tool(folder, name, "exit 1")
        command = [ROOT / ".ci" / "environment", tmp_path / "venv"]
        return subprocess.run(["/bin/bash", *command], env={"PATH": str(folder)}, capture_output=True, text=True)

    return run


def test_a_missing_sandbox_is_one_plain_line(bare):
    result = bare("chromium")
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        "bubblewrap is missing, the sandbox for student code: sudo apt-get install bubblewrap (needs Linux)"
    ]


def test_a_missing_browser_is_only_said_and_an_old_python_stops(bare):
    result = bare("bwrap", "python3", "python3.12")
    assert result.returncode == 1
    browser, python = result.stderr.splitlines()
    assert browser.startswith("chromium is missing") and python.startswith("Python 3.11 or newer is needed")


WITH_NAMES = [
    "grades-hw1-mlp.csv", "grades-course-anonymous.csv", "grades-hw1-mlp-moodle.csv",
    "grades-hw1-mlp-gradescope/jdoe/results.json", "grades.csv", "gradebook.db", "gradebook-before.db",
    "report/hw1-mlp/requests.csv", "report/hw1-mlp/hw1-mlp-canvas.zip", "report/hw1-mlp/mail/jdoe.eml",
    "report/hw1-mlp/similarity.html", "report/hw1-mlp/staff/jdoe.html", "report/course.html",
    "marking/hw1-mlp/plan.csv", "collected.csv", "collected/2026-10-05-120000.html",
    "roster.csv", "roster-2026.csv", "decisions.csv",
    "changes.csv", "returned.csv", "pseudonyms.key", "moodle.zip", "times.csv", "inbox/a.ipynb", "downloaded/a.ipynb",
    "submitted/jdoe/hw1-mlp/hw1-mlp.ipynb", "autograded/jdoe/a.ipynb", "feedback/jdoe/hw1-mlp/hw1-mlp.html",
    ".coursework/waiting-hw1-mlp.json",
]  # fmt: skip


def test_git_takes_no_file_that_holds_names_or_points(tmp_path):
    shutil.copy(ROOT / ".gitignore", tmp_path)
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    asked = subprocess.run(["git", "-C", tmp_path, "check-ignore", *WITH_NAMES], capture_output=True, text=True)
    assert sorted({*WITH_NAMES} - {*asked.stdout.split()}) == []
