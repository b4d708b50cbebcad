"""IPython's dialect as plain Python: magic, shell and help lines of a cell are read here, and nowhere else.

IPython's own transformations find these lines, one after the other, as they do when the cell runs; what a magic runs
takes its place. Line numbers stay. Copied into the released notebooks like `coursework.notebook.checks`.
"""

import ast
import contextlib
import re
import string
import sys

LONG_CODE = 200_000  # characters; no cell that a human types is so long, and parsing takes seconds and gigabytes
LONG_READ = 1_000_000  # characters that are split into tokens for one cell; each magic in it takes one more time
LONG_HELP = 1_000  # characters of a line that ends with "?": IPython searches it from each of its letters
DEEP = 10  # magics within each other
# Magics whose text is Python that runs, alone or on top of a cell, and the options that each has for getopt.
OPTIONS = {
    **{"time": "", "timeit": "n:r:tcp:qov:", "capture": "", "prun": "D:l:rs:T:q", "debug": "b:"},
    **{"memit": "r:t:i:coh", "mprun": "rT:f:c", "lprun": "rsf:m:D:T:zu:"},
}
RUNNING = tuple(OPTIONS)
# Magics that run nothing and bring nothing.
QUIET = (
    *("matplotlib", "config", "autoreload", "load_ext", "reload_ext", "precision", "pwd", "who", "whos", "who_ls"),
    *("cd", "ls", "env", "pip", "conda", "mamba", "xmode", "pdb", "pprint", "tensorboard", "history", "hist"),
)
# Magics on top of a cell that is not Python of this process; below an unknown one, the lines run (`colab.stand_in`).
OTHER_LANGUAGES = re.compile(
    r"^(writefile|file|bash|sh|script|sx|system|perl|ruby|html|HTML|javascript|js|latex|svg|SVG|markdown|sql|bigquery"
    r"|shell|cython|python\d?|pypy|R|julia|cpp|cu|nvcc\w*|)$"
)
# Magics that run what is elsewhere, or in another way than Python's.
HIDING = re.compile(r"^(run|load|loadpy|macro|edit|recall|rerun|script|sx|system|py\w*|cython|exec\w*|sh|bash)$")
HELP = ("pinfo", "pinfo2", "psearch")


def reading(source: str) -> tuple:
    """(a cell's syntax tree, its magic and shell lines as (line number, name)); "!" names a shell line.

    Raises ValueError, with one sentence, when the text is not Python, or too much.
    """
    if len(source) > LONG_CODE:
        raise ValueError("the code is too long to be read")
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.parse(source), []  # in Python IPython finds nothing
    try:
        text, found = _as_python(source)
        word = source.split(maxsplit=1)[:1]
        if len(source.split("\n")) == 1 and word and word[0] in RUNNING + QUIET and not _is_python(text):
            text, found = _as_python(f"%{source.strip()}")  # of a cell of one line IPython lets one leave out the sign
        return ast.parse(text), found
    except SyntaxError as error:
        version = f"Python {sys.version_info.major}.{sys.version_info.minor}"
        raise ValueError(f"line {error.lineno or 1} cannot be read by {version} ({error.msg})") from None
    except (RecursionError, MemoryError):
        raise ValueError("the code is too deep to be read") from None
    except (AssertionError, IndexError):
        raise ValueError("the code cannot be read by IPython") from None
    except ValueError as error:
        known = "cannot be read" in str(error) or "to be read" in str(error)
        raise ValueError(str(error) if known else "the code holds characters that no Python has") from None


def code_tree(source: str) -> ast.Module:
    """The syntax tree, magic, shell and help lines aside. Raises ValueError as `reading` does."""
    return reading(source)[0]


def cleaned(source: str) -> list:
    """The lines, as IPython has them before it looks for magic: without the indentation that all of them have, and
    without the prompts of a session that was copied."""
    from IPython.core.inputtransformer2 import TransformerManager

    lines = (source if source.endswith("\n") else f"{source}\n").splitlines(keepends=True)
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    steps: list = TransformerManager().cleanup_transforms
    for step in steps:
        lines = [*lines[:first], *step(lines[first:])]
    return lines


def _is_python(text: str) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _as_python(source: str, depth: int = 0) -> tuple:
    """(the text as plain Python, if it is some; its magic and shell lines)."""
    if _is_python(source):
        return source, []
    if depth > DEEP:
        raise ValueError("the code is too deep to be read")
    lines, found, left = cleaned(source), [], LONG_READ
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if re.match(r"%%(?!\w+\?)", lines[first]):
        return _under_a_magic(lines, first, depth)
    while not _is_python("".join(lines)):
        left -= sum(map(len, lines))
        if left < 0:
            raise ValueError("the code holds too many magic and shell lines to be read")
        place, column, after = _next_magic(lines)
        if after is None:
            break
        number = "".join(lines[:place]).count("\n") + 1
        front, call = after[place][:column], after[place][column:].strip()
        text, more = _translated(front, call, number, depth)
        gone = len(lines) - len(after)  # the lines that a magic goes on in, after a backslash
        lines = [*after[:place], f"{text}\n", *["\n"] * gone, *after[place + 1 :]]
        found += more
    return "".join(lines), sorted(found)


def _next_magic(lines: list) -> tuple:
    """(number, column, the lines behind it) of IPython's next transformation; at the end (0, 0, None)."""
    from IPython.core.inputtransformer2 import TransformerManager, make_tokens_by_line

    tokens = make_tokens_by_line(lines)
    kinds: list = TransformerManager().token_transformers
    steps = [step for kind in kinds if (step := kind.find(tokens))]
    for step in sorted(steps, key=lambda one: one.sortby()):
        if len("".join(lines[step.start_line : getattr(step, "q_line", -1) + 1])) > LONG_HELP:
            raise ValueError(f"line {step.start_line + 1} is too long to be read")
        with contextlib.suppress(SyntaxError):
            return step.start_line, step.start_col, step.transform(lines)
    return 0, 0, None


def _under_a_magic(lines: list, first: int, depth: int) -> tuple:
    """A cell with a magic on top, as plain Python."""
    name, _, said = lines[first][2:].rstrip().partition(" ")
    head, found = "pass", [(first + 1, name)]
    body = "".join(lines[first + 1 :])
    if OTHER_LANGUAGES.match(name):
        return "\n" * first + _in_braces(said), found
    if name == "capture":
        names = [word for word in said.split() if word.isidentifier()]
        head = " = ".join([*names[:1], "None"])
    elif name in RUNNING:
        head, more = _measured(name, said, first + 1, depth)
        found += more
    text, more = _as_python(body, depth + 1)
    if name not in RUNNING and not _is_python(text):
        text, more = "", []
    return "\n" * first + f"{head}\n{text}", found + [(number + first + 1, inner) for number, inner in more]


def _translated(front: str, call: str, number: int, depth: int) -> tuple:
    """(one of IPython's lines as plain Python, its magics): what is before the call stays, and gets None."""
    if not call.startswith("get_ipython()."):
        return front + call, []  # `/f x` calls f
    node = ast.parse(call).body[0].value  # type: ignore[attr-defined]
    name, text = [*(arg.value for arg in node.args), "", ""][:2] if node.func.attr == "run_line_magic" else ("!", "")
    if name in HELP or node.func.attr == "show_usage":
        return front + ("None" if front.strip() else "pass"), []
    name, found = name.lstrip("%"), []
    told = name in ("!", *QUIET) or HIDING.match(name) or OTHER_LANGUAGES.match(name)
    if name in RUNNING:
        code, found = _measured(name, text, number, depth)
    elif not told and _is_python(text.strip()):
        code = text.strip() or "pass"  # an alias of one that runs it, perhaps
    else:
        code = _in_braces("".join(arg.value for arg in node.args))
    whole = front + (code if not front.strip() else "None" if code == "pass" else f"None; {code}")
    with contextlib.suppress(SyntaxError):
        whole = f"{front}({ast.unparse(ast.parse(code, mode='eval'))})"  # a comment would hide the bracket
    if not _is_python(whole.strip()):
        raise ValueError(f"line {number} runs code by %{name} that cannot be read here")
    return whole, [(number, name), *found]


def _measured(name: str, text: str, number: int, depth: int) -> tuple:
    """(what a running magic runs, on one line, its magics); `pass` where it is not Python, and so does not run."""
    code, found = _as_python(without_options(name, text), depth + 1)
    code = code.strip()
    if code and code[-1] in "([{":
        raise ValueError(f"line {number} runs code by %{name} that cannot be read here")
    if not code or not _is_python(code):
        return "pass", []
    return code, [(number, inner) for _, inner in found]


def without_options(name: str, text: str) -> str:
    """What is behind a running magic's options, as IPython splits it; "" where it would not take them."""
    import getopt

    from IPython.utils.process import arg_split

    if not text.lstrip().startswith("-"):
        return text.strip()
    try:
        words = arg_split(text, posix=False, strict=False)
        return " ".join(getopt.getopt(words, OPTIONS[name], ["no-raise-error", "breakpoint="])[1])
    except (getopt.GetoptError, ValueError):
        return ""


def _in_braces(text: str) -> str:
    """The Python in a shell line's or a magic's braces, which IPython fills in; `pass` where it has none."""
    try:
        parts = [f"({part})" for _, part, _, _ in string.Formatter().parse(text) if part and _is_python(f"({part})")]
    except ValueError:
        return "pass"
    return ", ".join(parts) or "pass"
