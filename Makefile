# Two commands do all the set-up on a fresh machine: `make demo` and `make test`.
# VENV=DIR reuses an environment across clones; this clone's code is the one that runs.
VENV ?= .venv
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := $(abspath $(VENV))/bin
export PATH := $(BIN):$(PATH)
export PYTHONPATH := $(CURDIR)/src
STAMP := $(VENV)/.coursework-$(shell cksum < pyproject.toml | cut -d' ' -f1)

.PHONY: demo test prove bench lint venv system clean

demo: system venv  ## a class of twelve from inbox to feedback
	coursework demo

test: system venv lint  ## what CI runs
	python -m pytest -n 2 -m "not slow"

prove: system venv  ## every answer of every bank, and the mutants: slow
	coursework prove --all --mutants
	python -m pytest -n 2 -m slow

bench: system venv  ## the numbers in docs/
	python benchmarks/run.py

lint: venv
	ruff check .
	ruff format --check .
	mypy

system:
	@sh .ci/system-packages

venv: $(STAMP)

$(STAMP): pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found: install it, or say make PYTHON=..." >&2; exit 1; }
	@test -x $(VENV)/bin/python || { echo "Making $(VENV) (a few minutes, 5 GB with PyTorch)"; $(PYTHON) -m venv $(VENV); }
	$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@rm -f $(VENV)/.coursework-*; touch $@

clean:  ## what was made here, but not the environment and not the data
	rm -rf demo .coursework .pytest_cache .mypy_cache .ruff_cache
