"""`coursework` for the small course of the tests, without what that course does not need.

    python -m benchmarks.lean autograde hw0-tiny …

A warm process imports NumPy and a kernel, and no PyTorch. The walls of the sandbox are there as always, but a command
does not run into each of them when it begins. Dask's local workers import this module, too, as their parent's main
module; others with `dask worker --preload`.
"""

from coursework.core import stopping

if __name__ == "__main__":
    stopping.listen()  # before the imports that take a second, as the command itself does

from coursework.sandbox import selftest, warm

warm.MODULES = tuple(name for name in warm.MODULES if not name.startswith(("torch", "matplotlib", "debugpy")))
warm.COMPILER = ()
selftest.start_up = lambda root=None: "No self-test."

if __name__ == "__main__":
    from coursework.cli.main import main

    main()
