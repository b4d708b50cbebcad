"""The notebook in miniature as it is released, and as a student submits it."""

from tests.support.course import BANK, tiny_source

RIGHT = BANK["q1-1-double"]["04_plain.py"]
WHY = "Because two is more than one, and that is that."


def skeleton():
    """The miniature as released, made by hand: solutions replaced by stubs, hidden tests gone."""
    nb = tiny_source()
    nb.metadata.coursework.release = "hw0-tiny-1"
    stubs = {
        "q1-1-double": "def double(x):\n    raise NotImplementedError",
        "q1-2-count": "ans_1_2 = None",
        "q1-3-why": "*Your answer here.*",
    }
    for cell in nb.cells:
        cell.source = stubs.get(cell.id, cell.source.split("### BEGIN HIDDEN")[0])
    return nb


def handed_in():
    nb = skeleton()
    for cell, text in zip(
        [c for c in nb.cells if c.id in ("q1-1-double", "q1-2-count", "q1-3-why")],
        (RIGHT, "ans_1_2 = 6585", WHY),
        strict=True,
    ):
        cell.source = text
    return nb
