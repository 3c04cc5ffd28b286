# make run: the map on http://127.0.0.1:8050. make test: all checks, the browser's too. make check: the same, nothing installed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check lint types bench messages clean

run: $(VENV)/.installed
	$(BIN)/python app.py

test: $(VENV)/.installed-dev $(VENV)/.browser
	$(MAKE) check

check: lint types
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.installed-dev
	$(BIN)/mypy

bench: $(VENV)/.installed-dev
	$(BIN)/python -m tests.bench

# data/locale: every message of the code, with the translations there are; says what is left to translate.
messages: $(VENV)/.installed
	$(BIN)/python -m viewer.i18n.extraction

# The versions in requirements.txt are compiled from the short list of direct dependencies in requirements.in.
requirements.txt: requirements.in
	$(BIN)/pip install --quiet uv && $(BIN)/uv pip compile --quiet --universal --python-version 3.11 requirements.in -o $@

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: $(VENV)/bin/python requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.installed-dev: $(VENV)/.installed requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

# The browser tests need Debian's Chromium and a font with Chinese glyphs; without them one sentence says so.
$(VENV)/.browser: tests/install_browser.sh | $(VENV)/bin/python
	sh tests/install_browser.sh
	touch $@

clean:
	rm -rf data/built
