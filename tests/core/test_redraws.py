"""A bar's redraws become its last state; nothing else is lost."""

import io
import json
import time

from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import from_dict
from nbformat.v4 import new_output
from tqdm import tqdm

from coursework.core.outputs import plain_outputs
from coursework.core.redraws import as_left, joined
from coursework.intake.read import MAX_OUTPUTS, read


def stream(text, name="stdout"):
    return new_output("stream", name=name, text=text)


def redraws(leave=True):
    """What tqdm writes, in the pieces in which it writes it."""

    class Pieces(io.StringIO):
        def write(self, text):
            written.append(text)
            return len(text)

    written: list[str] = []
    for _ in tqdm(range(40), "epoch 1", file=Pieces(), mininterval=0, ascii=True, ncols=60, leave=leave):
        pass
    return written


def test_a_bar_that_was_redrawn_becomes_its_last_state():
    (last,) = joined([stream("before\n"), *map(stream, redraws()), stream("loss 0.5\n")])
    lines = last.text.splitlines()
    assert lines[0] == "before" and lines[1].startswith("epoch 1: 100%") and lines[2] == "loss 0.5"
    assert len(lines) == 3 and "\r" not in last.text


def test_a_bar_that_clears_itself_leaves_nothing():
    assert [o.text for o in joined([*map(stream, redraws(leave=False)), stream("done\n")])] == ["done\n"]
    assert joined([*map(stream, redraws(leave=False))]) == []


def test_other_outputs_keep_their_places():
    figure = new_output("display_data", data={"image/png": "aGk="})
    odd = {"output_type": "stream", "text": 3}
    outputs = [stream("a"), stream("b"), stream("c", "stderr"), figure, stream("d"), odd, "x", stream("e")]
    found = joined(outputs)
    assert [getattr(o, "text", o) for o in found] == ["ab", "c", figure, "d", odd, "x", "e"]
    lines = {"output_type": "stream", "name": "stdout", "text": ["1 %\r", "2 %\n", "end"]}
    assert joined([lines])[0]["text"] == "2 %\nend"


def test_a_line_is_what_a_terminal_leaves():
    for text, left in {
        "long line\rnew": "newg line", "100 %\r": "100 %", "a\r\nb": "a\nb", "abc\r   \rd": "d", "a  \nb\rc": "a  \nc",
    }.items():  # fmt: skip
        assert as_left(text) == left


def test_a_line_in_colour_is_not_cut_within_the_sign_of_its_colour():
    for text, left in {
        "\x1b[31mred\x1b[0m 5%|#\r100%|####|": "100%|####|",
        "\x1b[32m 10%\x1b[0m\r\x1b[32m100%\x1b[0m": "100%",
        "a long line\r\x1b[2Kdone": "done",
        "\x1b[31mred\x1b[0m": "\x1b[31mred\x1b[0m",  # nothing is written over it
    }.items():
        assert as_left(text) == left


@settings(max_examples=30)
@given(st.text(alphabet="ab \r\n", max_size=60))
def test_as_slowly_written(text):
    lines = []
    for line in text.replace("\r\n", "\n").split("\n"):
        shown = ""
        for part in line.split("\r"):
            shown = part + shown[len(part) :]
        lines.append(shown.rstrip(" ") if "\r" in line else shown)
    assert as_left(text) == "\n".join(lines)


def test_long_texts_take_no_time():
    start = time.perf_counter()
    assert len(as_left("x" * 500_000 + "\rab" * 500_000)) == 500_000
    assert time.perf_counter() - start < 5


def test_a_night_of_training_is_still_a_notebook():
    bar = [{"output_type": "stream", "name": "stdout", "text": f"\repoch {i}"} for i in range(MAX_OUTPUTS + 5)]
    cell = {"cell_type": "code", "id": "a", "source": "train()", "metadata": {}, "outputs": bar}
    nb = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
    (found,) = read(json.dumps(nb).encode())[0].cells
    assert [o.text for o in found.outputs] == [f"epoch {MAX_OUTPUTS + 4}"]
    cell["outputs"] = bar[-50:]
    assert [o.text for o in plain_outputs(from_dict(cell))] == [f"epoch {MAX_OUTPUTS + 4}"]
