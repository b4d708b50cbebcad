"""A kernel's way to read a cell: as Python first, and as IPython's dialect only where it is not.

ipykernel's own extension points (`kernel_class`, `shell_class`, `compiler_class`) take the parts. The warm process
imports this file as it does `zygote.py`, so it imports nothing of this package.
"""

import ast
import os
import re
import tempfile
import warnings
import zlib
from typing import Any

from ipykernel import zmqshell
from ipykernel.compiler import XCachingCompiler
from ipykernel.ipkernel import IPythonKernel
from IPython.core.inputtransformer2 import TransformerManager
from traitlets import Instance

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


class Compiler(XCachingCompiler):
    """ipykernel names a cell's file by a hash that is written in Python: 0.1 s for a notebook."""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        folder = os.path.join(tempfile.gettempdir(), f"ipykernel_{os.getpid()}")
        return os.path.join(folder, f"{zlib.crc32(raw_code.encode(errors='replace'))}.py")


class ZMQInteractiveShell(zmqshell.ZMQInteractiveShell):
    """It has its parent's name, by which notebooks ask where they run."""

    input_transformer_manager = Instance(PlainFirst, ())

    def should_run_async(self, raw_cell: str, *, transformed_cell: str | None = None, **about: Any) -> bool:
        """Only what names `async` or `await` is compiled, twice, to find out."""
        if transformed_cell is not None and not re.search("async|await", transformed_cell):
            return False
        return super().should_run_async(raw_cell, transformed_cell=transformed_cell, **about)

    def transform_ast(self, node: ast.Module) -> ast.Module:
        """IPython gives each new node a line, in one more walk; the tests' world has done so itself."""
        if [type(one).__name__ for one in self.ast_transformers] == ["World"]:
            return self.ast_transformers[0].visit(node)
        return super().transform_ast(node)


class Kernel(IPythonKernel):
    shell_class = ZMQInteractiveShell
    compiler_class = Compiler
