"""A kernel's way to read a cell: as Python first, and as IPython's dialect only where it is not.

The warm process imports this file as it does `zygote.py`, so it imports nothing of this package.
"""

import ast
import warnings

from IPython.core.inputtransformer2 import TransformerManager

USUAL = len(TransformerManager().token_transformers)


class PlainFirst(TransformerManager):
    """IPython splits each cell into tokens, three times, to look for magics and `?`. Valid Python has none of them, and
    the set-up cell is 40 KB."""

    last: list[str] | None = None

    def do_token_transforms(self, lines: list[str]) -> list[str]:
        """The lines as Python; unchanged where they are that already, unless a student has added a transformer."""
        if len(self.token_transformers) == USUAL and (lines == self.last or _is_python("".join(lines))):
            self.last = lines
            return lines
        return super().do_token_transforms(lines)


def _is_python(text: str) -> bool:
    with warnings.catch_warnings():  # the cell's own compiling tells of them
        warnings.simplefilter("ignore")
        try:
            ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return False
    return True
