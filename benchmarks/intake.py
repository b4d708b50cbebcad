"""Seconds per submission of collecting and repairing, from 10 to 1,000 submissions. Prints a table.

Usage: python -m benchmarks.intake [ASSIGNMENT]

Half of the notebooks are damaged (tests/damage.py), under names as systems write them, in one zip.
"""

import random
import shutil
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
from coursework.core.course import Course  # noqa: E402
from coursework.intake.collect import collect  # noqa: E402
from tests.support import damage  # noqa: E402

FORMS = (
    "{last}_{first}_{a}.ipynb",
    "Copy of {last}_{first}_{a} (1).ipynb",
    "{first} {last}_{n}_assignsubmission_file_/{a}.ipynb",
    "{low}_{n}_99_{last}_{first}_{a}.ipynb",
    "{first} {last} - {a}.ipynb",
)


def letters(number: int) -> str:
    """A name for a number: 0 is Aa, 1 is Ab."""
    return chr(65 + number // 26 % 26) + chr(97 + number % 26) + chr(97 + number // 676 % 26)


def main() -> None:
    assignment = sys.argv[1] if len(sys.argv) > 1 else "hw1-mlp"
    source = Course(ROOT)
    whole, ids = damage.answered(source, assignment)
    print("| submissions | seconds | each |\n|---|---|---|")
    for count in (10, 30, 100, 300, 1000):
        dice = random.Random(count)
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name in ("source", "release"):
                shutil.copytree(ROOT / name / assignment, root / name / assignment)
            shutil.copy(ROOT / "nbgrader_config.py", root)
            students = [f"s{i},{letters(i)}son,{letters(i)}a" for i in range(count)]
            (root / "roster.csv").write_text("id,last,first\n" + "\n".join(students))
            text = (root / "nbgrader_config.py").read_text()
            (root / "nbgrader_config.py").write_text(text + "\nc.CourseworkSettings.roster = 'roster.csv'\n")
            with zipfile.ZipFile(root / "in.zip", "w", zipfile.ZIP_DEFLATED) as z:
                for i in range(count):
                    names = damage.combination(dice) if i % 2 else []
                    last, first = f"{letters(i)}son", f"{letters(i)}a"
                    about = {"last": last, "first": first, "a": assignment, "n": i, "low": (last + first).lower()}
                    payload = damage.as_json(damage.damaged(whole, names, dice, ids))
                    z.writestr(dice.choice(FORMS).format(**about), payload)
            started = time.perf_counter()
            report = collect(Course(root), root / "in.zip")
            seconds = time.perf_counter() - started
        assert len(report.taken) == count, (len(report.taken), report.held[:2], report.refused[:2])
        print(f"| {count:,} | {seconds:.1f} | {seconds / count:.3f} |", flush=True)


if __name__ == "__main__":
    main()
