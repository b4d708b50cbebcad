"""The versions that a notebook was run on, as it says itself, and what is known to differ between two of them."""

import platform
import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version

NAMES = {"python": "Python", "torch": "PyTorch", "numpy": "NumPy"}

# The line that a set-up cell prints, and what every front end writes of its kernel. Both are looked for in the bytes,
# as a submission may be damaged; what they say is a claim, which moves no points.
PRINTED = re.compile(rb"Python (\d[\w.+]{0,30}), PyTorch (\d[\w.+]{0,30}), NumPy (\d[\w.+]{0,30})")
LANGUAGE = re.compile(
    rb'"language_info"\s*:\s*\{(?:[^{}]|\{[^{}]{0,2000}\}){0,2000}?"version"\s*:\s*"(\d[\w.+]{0,30})"'
)


# What a Python that is older than the student's cannot read: an f-string's own quotes, a template string, type
# parameters, several exceptions without parentheses. In the error's line, or in what Python says of it.
NEW_SYNTAX = (
    r"^SyntaxError.*(?:f-string|\b(?i:f|rf|fr|t|rt|tr)[\"']|`type \w+.*=|`(?:async )?(?:def|class) \w+\["
    r"|`except\*? [\w.]+,)"
)


@dataclass(frozen=True)
class Versions:
    """Of Python, PyTorch and NumPy; "" where nothing is known."""

    python: str = ""
    torch: str = ""
    numpy: str = ""


@dataclass(frozen=True)
class Difference:
    """What a package does otherwise from the version `since` on."""

    package: str
    since: tuple[int, ...]
    text: str
    error: str = ""  # pattern of the error that an answer ends with on one side only


# Each was seen by running both sides.
KNOWN = (
    Difference(
        "python", (3, 12), "f-strings may hold their own quotes, and `def f[T](x)` and `type X = …` are valid",
        NEW_SYNTAX,
    ),
    Difference("python", (3, 12), "under IPython 7 (Colab) `name = !command` is a SyntaxError"),
    Difference("torch", (2, 7), "after the same seed, `bernoulli_` and so every dropout have other numbers"),
    Difference("torch", (2, 14), "the gradient of `x.clamp(min=0)` at exactly 0 is 0; before, it was 1"),
    Difference(
        "numpy", (2, 4), "`float()` and `int()` of an array that has axes is a TypeError; before, a warning",
        r"only 0-dimensional arrays can be converted",
    ),
)  # fmt: skip


@cache
def here() -> Versions:
    """What the grader has."""
    found = {"python": platform.python_version()}
    for name in ("torch", "numpy"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return Versions(**found)


def said(payload: bytes) -> Versions:
    """What a submission says of the run whose outputs are saved in it."""
    line = None
    for line in PRINTED.finditer(payload):  # noqa: B007 - the last run counts
        pass
    kernel = LANGUAGE.search(payload)
    python, torch, numpy = (text.decode() for text in line.groups()) if line else ("", "", "")
    return Versions(python or (kernel[1].decode() if kernel else ""), torch, numpy)


def numbers(text: str) -> tuple[int, ...]:
    """The release of a version: "2.11.0+cu128" is (2, 11, 0)."""
    return tuple(int(n) for n in re.findall(r"\d+", text.split("+")[0])[:3])


def differ(theirs: Versions, ours: Versions) -> list[Difference]:
    """What is known to differ between the two."""
    found = []
    for known in KNOWN:
        there, grader = getattr(theirs, known.package), getattr(ours, known.package)
        if there and grader and (numbers(there) >= known.since) != (numbers(grader) >= known.since):
            found.append(known)
    return found


def explains(text: str, theirs: Versions, ours: Versions) -> str:
    """Why an answer that ended with this error here may run there: one clause, or "" when nothing known says so."""
    newer = numbers(theirs.python)[:2] > numbers(ours.python)[:2]
    if newer and re.search(NEW_SYNTAX, text, re.S):
        return f"the student's Python is {theirs.python}, the grader's {ours.python}"
    for known in differ(theirs, ours):
        if known.error and re.search(known.error, text):
            return f"from {NAMES[known.package]} {'.'.join(map(str, known.since))} on {known.text}"
    for known in KNOWN:  # a notebook that does not say on what it ran
        if known.error and not getattr(theirs, known.package) and re.search(known.error, text):
            return f"it depends on {NAMES[known.package]}'s version, and the notebook does not say on which it ran"
    for name in ("torch", "numpy"):
        there, grader = getattr(theirs, name), getattr(ours, name)
        if (
            there
            and numbers(there)[:2] != numbers(grader)[:2]
            and re.search(rf"module '{name}[\w.]*' has no attrib", text)
        ):
            return f"the student's {NAMES[name]} is {there}, the grader's {grader}"
    return ""
