"""Each script of findings/ says what it must, pins what it installs, and is in the list. Running them is outside CI."""

import os
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "findings"
SCRIPTS = sorted(FOLDER.glob("*.sh"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_finding_says_what_was_guessed_and_seen(script):
    text = script.read_text(encoding="utf-8")
    head = text.split("\nset -euo pipefail\n")[0]
    for part in ("Versions", "Expected", "Seen", "Why it matters", "Source"):
        assert re.search(rf"^# {part}: \S", head, re.M), part
    assert os.access(script, os.X_OK)
    pins = re.search(r"^environment (.+)$", text, re.M)[1].split()
    assert all(re.fullmatch(r"[\w-]+==[\d.]+", pin) for pin in pins), pins
    for pin in pins[:1]:
        assert pin.replace("==", " ") in head
    recorded = re.search(r"^seen <<'SEEN'\n(.+)\nSEEN\n\Z", text, re.M | re.S)
    assert recorded and recorded[1].strip()
    for test in re.findall(r"tests/[\w/]+\.py", head):
        assert (FOLDER.parent / test).exists(), test
    assert "coursework" not in text.split("set -euo pipefail")[1]


def test_the_list_is_complete():
    listed = re.findall(r"\]\(([\w-]+\.sh)\)", (FOLDER / "README.md").read_text(encoding="utf-8"))
    assert sorted(listed) == [script.name for script in SCRIPTS]
