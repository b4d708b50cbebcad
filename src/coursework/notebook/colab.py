"""What students' cells use of Colab, and the grader's machine lacks: stand-ins, and a remark in place of an error.

`stand_in` belongs to a grading run. `google.colab` can be imported and does nothing; an unknown magic and
an installation are passed over with a remark; a module that was handed in beside the notebook, or written by
`%%writefile`, can be imported. Copied into the grader's set-up cell like `coursework.notebook.checks`.
"""

import ast
import importlib.machinery
import os
import re
import sys
import types

INSTALLS = re.compile(
    r"\s*(sudo\s+)?((python[\d.]*|\{sys\.executable\})\s+-m\s+)?(pip[\d.]*|conda|mamba|uv|apt(-get)?)\b"
)
NO_NETWORK = "is passed over: the grader installs nothing. What is installed here can be imported."


class Nothing:
    """Called, entered, indexed or iterated, it is nothing again."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Nothing()

    def __call__(self, *args, **kwargs):
        return Nothing()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def __iter__(self):
        return iter(())

    def __getitem__(self, key):
        return Nothing()

    def __bool__(self):
        return False

    def __str__(self):
        return ""


class ColabModules:
    """Finds `google.colab` and its modules where no other finder has one."""

    def find_spec(self, name, path=None, target=None):
        if name == "google" or (name + ".").startswith("google.colab."):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)  # type: ignore[arg-type]
        return None

    def create_module(self, spec):
        module = types.ModuleType(spec.name, "A stand-in for Colab's module of this name: it does nothing.")
        module.__path__ = []  # type: ignore[attr-defined]
        return module

    def exec_module(self, module):
        short = module.__name__.rpartition(".")[2]

        def found(name):
            if name.startswith("__"):
                raise AttributeError(name)
            if name.endswith(("Error", "Exception")):
                return type(name, (Exception,), {})
            return {"upload": lambda *_, **__: {}, "get": lambda *_, **__: ""}.get(name, Nothing())

        module.__dict__["__getattr__"] = found
        if short == "drive":
            module.__dict__["mount"] = lambda folder="/content/drive", **_: print(f"Mounted at {folder}")


def stand_in(ip) -> None:
    """Make the IPython shell `ip` take what is usual on Colab."""
    if not any(type(finder).__name__ == "ColabModules" for finder in sys.meta_path):
        sys.meta_path.append(ColabModules())
    for folder in (os.getcwd(), os.path.abspath("handin")):
        if folder not in sys.path and os.path.isdir(folder):
            sys.path.append(folder)
    if "system" in vars(ip):
        return
    system, line_magic, cell_magic = ip.system, ip.run_line_magic, ip.run_cell_magic

    def run_system(command):
        if INSTALLS.match(command):
            return print(f"!{command.strip()[:80]} {NO_NETWORK}")
        return system(command)

    def run_line_magic(name, line, _stack_depth=1):
        if INSTALLS.match(name):
            return print(f"%{name} {line.strip()[:80]} {NO_NETWORK}")
        if ip.find_line_magic(name) is None:
            return print(f"%{name} is passed over: the grader has no such magic.")
        try:
            return line_magic(
                name, line, _stack_depth=_stack_depth + 1
            )  # whose names a magic sees: not this function's
        except ModuleNotFoundError as error:
            if name not in ("load_ext", "reload_ext"):
                raise
            return print(f"%{name} {line} is passed over: {error}.")

    def run_cell_magic(name, line, cell):
        if ip.find_cell_magic(name) is not None:
            return cell_magic(name, line, cell)
        print(f"%%{name} is passed over: the grader has no such magic. The lines below it run.")
        exec(compile(ast.parse(ip.transform_cell(cell)), f"<ipython-input-{name}>", "exec"), ip.user_ns)
        return None

    ip.system, ip.run_line_magic, ip.run_cell_magic = run_system, run_line_magic, run_cell_magic
