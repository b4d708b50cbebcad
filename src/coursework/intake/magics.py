"""Magic and shell lines as they were typed, out of a script in which an export has written them as something else."""

import ast
import re
from contextlib import suppress

from coursework.notebook.dialect import LONG_CODE

MAX_CALLS = 1_000  # of one script; each is read by IPython
# nbconvert writes each on one line, as IPython runs it.
CALL = re.compile(
    r"^(?P<front>[ \t]*(?P<names>\w[\w., \t]*= )?)(?P<call>get_ipython\(\)\.(?P<how>\w+)\(.*\))[ \t]*$", re.M
)
IN = "\n# In[ ]:\n\n\n"
# Jupytext makes comments of them, and puts one `#` more before what was a comment already.
JUPYTEXT = re.compile(r"\A# ---\n(?:#.*\n)*?#\s+jupytext:\n(?:#.*\n)*?#\s+format_name: (?!hydrogen)")
COMMENTED = re.compile(r"^([ \t]*)# ((?:# ?)*(?:\w[\w., \t]*= )?(?:%[A-Za-z]|![A-Za-z./~{(]))", re.M)
COMMENTED_CELL = re.compile(r"\A# (?=%%[A-Za-z])")


def typed(text: str) -> tuple[str, int]:
    """(a script with IPython's calls as the lines that were typed, how many there were).

    A call becomes a line only where IPython makes the same call of that line; any other one stays.
    """
    if "get_ipython()." not in text:
        return text, 0
    quoted, count = _within_strings(text), 0

    def line(match: re.Match) -> str:
        nonlocal count
        if match.start() in quoted or (back := _line(match)) is None:
            return match[0]
        count += 1
        # A cell's magic is its first line, so a cell begins there, whatever is before it.
        return f"{IN}{back}" if match["how"] == "run_cell_magic" else match["front"] + back

    return CALL.sub(line, text, MAX_CALLS), count


def uncommented(code: str) -> str:
    """A cell's code with the magic that Jupytext has made comments of."""
    return COMMENTED.sub(r"\1\2", COMMENTED_CELL.sub("", code))


def _within_strings(text: str) -> set[int]:
    """Where the lines begin that a string goes on in: what looks like a call there is text."""
    if len(text) > LONG_CODE:
        return set()
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        strings = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.JoinedStr | ast.Constant)]
        lines = {line for n in strings for line in range(n.lineno + 1, (n.end_lineno or n.lineno) + 1)}
        begin = [0, *(m.end() for m in re.finditer("\n", text))]
        return {begin[line - 1] for line in lines}
    return set()


def _line(match: re.Match) -> str | None:
    """The line that was typed for a call; None where there is none."""
    how, names = match["how"], match["names"] or ""
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        call = ast.parse(match["call"], mode="eval").body
        if not isinstance(call, ast.Call) or call.keywords:
            return None
        said = [ast.literal_eval(arg) for arg in call.args]
        if how == "magic" and len(said) == 1:  # of the IPython before 7
            how, said = "run_line_magic", [*str(said[0]).lstrip("%").partition(" ")[::2]]
        match how, said:
            case "run_line_magic", [str(name), str(rest)]:
                back = f"%{name} {rest}".rstrip()
            case "run_cell_magic", [str(name), str(rest), str(body)] if not match["front"]:
                back = f"{f'%%{name} {rest}'.rstrip()}\n{body}"
            case "system", [str(command)]:
                back = f"!{command}"
            case "getoutput", [str(command)]:
                back = f"!{command}" if names else f"!!{command}"
            case _:
                return None
        same = f"{names.strip()} get_ipython().{how}({', '.join(map(repr, said))})".strip()
        if _run(f"{names.strip()} {back}".lstrip()) == ast.dump(ast.parse(same)):
            return back
    return None


def _run(typed: str) -> str:
    """What IPython makes of a cell."""
    from IPython.core.inputtransformer2 import TransformerManager

    return ast.dump(ast.parse(TransformerManager().transform_cell(typed)))
