# make demo    a class of twelve, from the inbox to feedback
# make test    lint and the quick tests
# make prove   every right and wrong answer of the bank through the real pipeline, and the slow tests
# make bench   the numbers in docs/
# make docs    the pages of docs/ as a site, .site/index.html
#
# Each creates the environment first if it is missing. VENV=DIR names another one, also that of another clone.
VENV ?= .venv
override VENV := $(abspath $(VENV))
BIN := $(VENV)/bin

# This clone's code, also in an environment where coursework is installed from elsewhere.
export PYTHONPATH := $(CURDIR)/src$(if $(PYTHONPATH),:$(PYTHONPATH))
export PATH := $(BIN):$(PATH)

.PHONY: demo test lint prove bench docs venv
.DEFAULT_GOAL := test

venv:
	@.ci/environment "$(VENV)"

demo: venv
	@"$(BIN)/coursework" demo

lint: venv
	@"$(BIN)/ruff" check --quiet --output-format concise .
	@"$(BIN)/ruff" format --check --quiet .
	@"$(BIN)/mypy" --no-error-summary

test: lint
	@"$(BIN)/python" -m pytest -n 3 -m "not slow" --durations=25

prove: venv
	@"$(BIN)/coursework" prove --all --mutants
	@"$(BIN)/python" -m pytest -n 2 --hypothesis-profile search -m "slow or hypothesis"

bench: venv
	@"$(BIN)/python" -m benchmarks.run

docs: venv
	@"$(BIN)/mkdocs" build --strict
