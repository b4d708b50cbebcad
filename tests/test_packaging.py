"""The two lists of packages stay in step, and nothing of one machine is in the repository."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def plain(requirement: str) -> str:
    return re.match(r"[\w.-]+", requirement)[0].lower().replace("_", "-")


def test_conda_and_pip_users_get_the_same():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = {plain(r) for r in project["dependencies"] + project["optional-dependencies"]["dev"]}
    lines = re.findall(r"^\s+- ([^:\n]+?)(?:\s+#.*)?$", (ROOT / "environment.yml").read_text(), re.M)
    given = {plain(line) for line in lines if not line.startswith("-e")} - {"conda-forge", "python", "pip"}
    assert given == wanted
    minimum = re.search(r"python>=([\d.]+)", (ROOT / "environment.yml").read_text())[1]
    assert project["requires-python"] == f">={minimum}"


def tracked() -> list[Path]:
    names = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.splitlines()
    return [ROOT / name for name in names if (ROOT / name).exists()]


def test_no_lock_file_and_no_registry_address():
    if not tracked():
        pytest.skip("not a git checkout")
    for path in tracked():
        assert not re.search(r"(^|[.-])lock$|lock\.(json|ya?ml|txt)$", path.name), path
        if path.suffix in (".toml", ".yml", ".md", ".txt", ".cfg", "") and path.name != "test_packaging.py":
            text = path.read_text(errors="replace")
            assert not re.search(r"https?://(pypi|files\.pythonhosted|registry\.npmjs|deb\.debian)", text), path


def test_every_command_of_the_makefile_is_in_its_phony_list():
    text = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+):", text, re.M))
    phony = set(re.search(r"^\.PHONY: (.+)$", text, re.M)[1].split())
    assert targets == phony
