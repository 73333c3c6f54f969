# The commands of the project. `make run` and `make test` need nothing but Python 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
SCENARIO ?= fixtures/scenarios/nairl.yaml
BENCH ?= compare --families small,medium --seeds 0,1,2

# Commands begin sooner where what they import is kept compiled.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install install-dev run test browser clients lint types contracts migrations check bench lock clean

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 14

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Sarangchae needs Python 3.11 or later; name one with: make PYTHON=python3.12 run"; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.lock pyproject.toml $(wildcard web/frontend/package*.json) | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	$(BIN)/python -m web.frontend.build
	@touch $@

$(VENV)/installed-dev: requirements-dev.lock $(VENV)/installed
	$(PIP) install --require-hashes -r requirements-dev.lock
	$(BIN)/python -m web.frontend.build --with-tests
	@touch $@

install: $(VENV)/installed ## Install what running needs into .venv

install-dev: $(VENV)/installed-dev ## Install what developing needs too

run: install ## Load the National AI Research Lab, plan it, serve the workbench
	$(BIN)/sarangchae migrate
	$(BIN)/sarangchae seed $(SCENARIO) --if-empty
	$(BIN)/sarangchae plan --if-none --publish
	$(BIN)/sarangchae serve

test: install-dev ## Run all tests that need no programs of the system
	$(BIN)/python -m pytest -n 3 --durations 25 -m "not browser and not clients"

browser: install-dev ## Run the tests in Debian's chromium
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m browser

clients: install-dev ## Run the tests that need Debian's libical3
	$(BIN)/python -m pytest -q -m clients tests/web/test_calendars_clients.py

lint: install-dev ## Check style and format
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install-dev ## Check types
	$(BIN)/mypy

contracts: install-dev ## Check which room imports which
	$(BIN)/lint-imports

migrations: install-dev ## Check that migrations make the tables that the code has
	$(BIN)/python -m pytest -q tests/models/test_migrate.py

check: lint types contracts migrations ## All checks but the tests

bench: install-dev ## Measure; what else there is: make bench BENCH=--help
	$(BIN)/python -m tests.bench $(BENCH)

lock: $(BIN)/python ## Pin versions anew, with hashes
	$(PIP) install uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
		pyproject.toml --extra build --extra postgres -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header \
		pyproject.toml --extra dev -o requirements-dev.lock

clean: ## Remove what was installed and built, not the data
	rm -rf $(VENV) web/static/vendor web/frontend/node_modules
