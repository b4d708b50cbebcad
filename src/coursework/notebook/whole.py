"""Whether a text is whole Python, as it is: what is handed in may be a piece of an answer.

IPython takes an indentation that all lines have, and the prompts of a session, off a cell before it runs it, and
`dialect.code_tree` reads it so. A submission's cell of which that is true is made legible, and said; a piece such as
`    return y` belongs below another one; and a stub that is indented as a whole has lost its `def`.
"""

import ast
import re
import sys

from coursework.notebook.dialect import LONG_CODE, cleaned, code_tree

# Without one of these IPython reads more than one line as Python does: it takes time to look, and intake asks often.
MAGIC = re.compile(r"^\s*[%!?,;/]|=\s*[%!\\]|\?\s*$", re.M)


def whole_tree(source: str) -> ast.Module:
    """The syntax tree, magic, shell and help lines aside.

    Raises ValueError, with one sentence, when the text is not Python, or only where IPython takes off what is in front
    of its lines.
    """
    if len(source) <= LONG_CODE:
        try:
            return ast.parse(source)
        except SyntaxError as error:
            if ("\n" in source.strip() and not MAGIC.search(source)) or _pasted(source):
                version = f"Python {sys.version_info.major}.{sys.version_info.minor}"
                raise ValueError(f"line {error.lineno or 1} cannot be read by {version} ({error.msg})") from None
        except (ValueError, RecursionError, MemoryError):
            pass  # said below
    return code_tree(source)


def _pasted(source: str) -> bool:
    """Whether IPython would take something off the front of its lines."""
    lines = [line for line in f"{source}\n".splitlines(keepends=True) if line.strip()]
    return [line for line in cleaned(source) if line.strip()] != lines


def parses(source: str) -> bool:
    """Whether the text is whole Python, shell and magic lines aside."""
    try:
        whole_tree(source)
    except ValueError:
        return False
    return True
