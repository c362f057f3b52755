# Two commands set everything up: `make demo` shows the record of the example story, `make test` runs the tests.
# Both make their own environment in .venv; nothing is installed outside of this folder.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check bench clean

demo: $(STAMP)
	$(BIN)/onrecord report examples/jelan-dam -o dossier.html
	@echo "The dossier is $(CURDIR)/dossier.html: open it in a browser."

test: $(STAMP)-test
	$(BIN)/python -m pytest

check: $(STAMP)-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP)-test
	$(BIN)/onrecord bench quality
	$(BIN)/onrecord bench speed

$(BIN)/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "onrecord needs Python 3.11 or newer; try make PYTHON=python3.12")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(STAMP): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(STAMP)-test: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --editable '.[test,lint]'
	@touch $(STAMP) $@

clean:
	rm -rf $(VENV) dossier.html build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
