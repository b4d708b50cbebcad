"""A progress bar in saved outputs: many redraws, of which a terminal shows the last.

A front end that saves each piece of output as it came keeps them all, one output a redraw: a night of training fills a
notebook with them.
"""

import re
from typing import Any

ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def joined(outputs: list[Any]) -> list[Any]:
    """The outputs with neighbours of one stream as one, and in it every line as a terminal leaves it.

    Outputs of other kinds, and what is not a well-formed stream, stay as they are. Linear in the size of the text.
    """
    found: list[Any] = []
    pieces: list[list[str]] = []  # of the streams in `found`, in their order
    open_stream = None  # the name of the stream that the last output belongs to
    for output in outputs:
        text = _text(output)
        if text is None:
            found.append(output)
            open_stream = None
        elif open_stream == output["name"]:
            pieces[-1].append(text)
        else:
            found.append(output)
            pieces.append([text])
            open_stream = output["name"]
    texts = iter(pieces)
    for output in found:
        if _text(output) is not None:
            output["text"] = as_left("".join(next(texts)))
    return [output for output in found if _text(output) != ""]


def _text(output: Any) -> str | None:
    """The text of a stream; None for anything else."""
    if not isinstance(output, dict) or output.get("output_type") != "stream":
        return None
    text = output.get("text")
    if isinstance(text, list) and all(isinstance(line, str) for line in text):
        text = "".join(text)
    return text if isinstance(text, str) and isinstance(output.get("name"), str) else None


def as_left(text: str) -> str:
    """Text as a terminal leaves it: what follows a carriage return is written over the line."""
    if "\r" not in text:
        return text
    return "\n".join(_line(line) if "\r" in line else line for line in text.replace("\r\n", "\n").split("\n"))


def _line(line: str) -> str:
    if "\x1b" in line:  # signs of colour take no column, and half of one would be read as text
        line = ESCAPE.sub("", line.rpartition("\x1b[2K")[2])  # 2K: clears the line
    kept: list[str] = []  # from the left; a column shows the last part that reaches it
    width = 0
    for part in reversed(line.split("\r")):
        if len(part) > width:
            kept.append(part[width:])
            width = len(part)
    return "".join(kept).rstrip(" ")
