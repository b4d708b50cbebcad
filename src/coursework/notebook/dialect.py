"""IPython's dialect as plain Python: magic, shell and help lines of a cell are read here, and nowhere else.

The visible check and the grader use the same function, so that what one sees the other sees. Line numbers stay.
Copied into the released notebooks like `coursework.notebook.checks`, by the same rules.
"""

import ast
import re
import sys

LONG_CODE = 200_000  # characters; no cell that a human types is so long, and parsing takes seconds and gigabytes
# Magics whose text is Python that runs, alone or on top of a cell.
RUNNING = ("time", "timeit", "capture", "prun", "memit", "mprun", "lprun", "debug")
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


def _cleaned(source: str) -> list:
    """The lines, as IPython has them before it looks for magic: without the indentation that all of them have, and
    without the prompts of a session that was copied."""
    lines = source.splitlines(keepends=True)
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if re.match(r"\s|\[(nav|ins)\]", "".join(lines[first:])) or ">>>" in source or re.search(r"In \[\d+\]:", source):
        from IPython.core.inputtransformer2 import classic_prompt, ipython_prompt, leading_indent

        for step in (leading_indent, classic_prompt, ipython_prompt):
            lines = [*lines[:first], *step(lines[first:])]
    return [line.rstrip("\r\n") for line in lines]


def dialect(source: str) -> tuple:
    """(the cell as plain Python, its magics and shell lines as (line number, name)); "!" names a shell line."""
    lines, found, kept = _cleaned(source), [], []
    state: tuple = ("", 0, False)  # an open string's quotes, open brackets, a backslash at the end
    skip, more = False, 0  # more: lines that a magic goes on in, after a backslash
    for number, line in enumerate(lines, 1):
        text = line.strip()
        indent = line[: len(line) - len(line.lstrip())]
        if skip or more:
            more -= bool(more)
            kept.append("")
            continue
        if state == ("", 0, False) and text:
            magic = re.match(r"(?:[\w.,\s\[\]]+=\s*)?(%{1,2}|!{1,2})\s*(\w*)(.*)", text)
            if magic and (text[0] in "%!" or re.match(r"[^=\"'#(]+=\s*[%!]", text)):
                name = "!" if magic[1][0] == "!" else magic[2]
                said = [magic[3]]
                while magic[1] != "%%" and said[-1].endswith("\\") and number + more < len(lines):
                    said.append(lines[number + more].rstrip())
                    more += 1
                found.append((number, name))
                if name in RUNNING:
                    kept.append(indent + _code(" ".join([*(part[:-1] for part in said[:-1]), said[-1]])))
                    state = _after(kept[-1], state)
                else:
                    kept.append(f"{indent}pass")
                    skip = magic[1] == "%%" and bool(OTHER_LANGUAGES.match(magic[2]))
                continue
            if text[0] in "/,;" or text[0] == "?" or _helps(text):
                word = re.match(r"[/,;?]*\s*([\w.]*)", text)
                kept.append(f"{indent}{(word and word[1].rstrip('.')) or 'pass'}")
                continue
        kept.append(line)
        state = _after(line, state)
    return "\n".join(kept), found


def _code(text: str) -> str:
    """What a running magic runs: its text without options; `pass` where that is not Python."""
    code = re.sub(r"^(\s+-\w+(\s+\d+)?(?=\s|$))+", "", text).strip()
    try:
        ast.parse(code)
    except (SyntaxError, ValueError):
        return "pass" if not re.search(r"[(\[{]$", code) else code
    return code or "pass"


def _helps(text: str) -> bool:
    """Whether a line asks for help: it ends with a question mark that is in no string and no comment."""
    return bool(re.fullmatch(r"[\w.%*\[\]'\"]+\?{1,2}", text.partition("#")[0].strip()))


def _after(line: str, state: tuple) -> tuple:
    """The state behind a line: open quotes, brackets, and whether it goes on on the next line."""
    quotes, depth, _ = state
    place = 0
    while place < len(line):
        char = line[place]
        if quotes:
            if char == "\\":
                place += 1
            elif line.startswith(quotes, place):
                place += len(quotes) - 1
                quotes = ""
        elif char == "#":
            break
        elif char in "\"'":
            quotes = char * 3 if line.startswith(char * 3, place) else char
            place += len(quotes) - 1
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth = max(depth - 1, 0)
        elif char == "\\" and place == len(line) - 1:
            return quotes, depth, True
        place += 1
    goes_on = len(quotes) == 1 and line.endswith("\\")
    return (quotes if len(quotes) == 3 or goes_on else ""), depth, False


def code_tree(source: str) -> ast.Module:
    """The syntax tree, magic, shell and help lines aside.

    Raises ValueError, with one sentence, when the text is not Python, or too much.
    """
    if len(source) > LONG_CODE:
        raise ValueError("the code is too long to be read")
    try:
        return ast.parse(dialect(source)[0])
    except SyntaxError as error:
        version = f"Python {sys.version_info.major}.{sys.version_info.minor}"
        raise ValueError(f"line {error.lineno or 1} cannot be read by {version} ({error.msg})") from None
    except ValueError:
        raise ValueError("the code holds characters that no Python has") from None
    except (RecursionError, MemoryError):
        raise ValueError("the code is too deep to be read") from None
