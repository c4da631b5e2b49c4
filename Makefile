# make run: set everything up and clean seeds/ into out/.   make test: set everything up and pass the tests.
VENV   := .venv
PYTHON ?= python3
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
LOCK   := uv pip compile pyproject.toml --universal --generate-hashes --python-version 3.11 --no-header --quiet

.PHONY: run test bench engines fuzz hostile reliability coverage faults check lint types rules docs kept docs-current golden lock build clean

run: $(READY)
	$(BIN)/cleanse run seeds/ out/

test: $(READY)
	$(BIN)/pytest --numprocesses auto --dist worksteal

# What the tests of the review page and of the cluster adapters need; without it they are skipped, and say so.
engines: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-engines.lock
	command -v chromium >/dev/null && command -v java >/dev/null || tests/install_system_packages

# Every point at which a disk can fail or kill, 200 random kills of a run and 100 of a review: an hour.
faults: $(READY)
	$(BIN)/pytest tests/faults --every

# Texts nobody has written, against every property, for so many seconds; what breaks one is kept in tests/regress.
FUZZ_SECONDS ?= 3600
fuzz: $(READY)
	PYTHONPATH=tests $(BIN)/python tests/properties.py $(FUZZ_SECONDS)

# CPU time at n and 2n for every family of hostile texts.
hostile: $(READY)
	PYTHONPATH=tests $(BIN)/python tests/hostile/timing.py

# Every row of the fault model, with its figure.
reliability: $(READY)
	$(BIN)/python tests/reliability.py

# Branch coverage of edits, pipeline, ledger and writer; fails below 95 %. Some minutes.
coverage: $(READY)
	$(BIN)/python tests/coverage_of_promises.py

check: lint types rules docs-current

lint: $(READY)
	$(BIN)/ruff format --check src tests bench
	$(BIN)/ruff check src tests bench

types: $(READY)
	$(BIN)/mypy

rules: $(READY)
	$(BIN)/cleanse rules test
	$(BIN)/cleanse rules fmt --check

docs: $(READY)
	$(BIN)/cleanse rules docs > docs/rules.md

# What follows from the rules' patterns, worked out once for all runs; a test says when it is out of date.
kept: $(READY)
	$(BIN)/cleanse rules keep src/cleanse

docs-current: $(READY)
	$(BIN)/cleanse rules docs | diff -u docs/rules.md - || (echo "docs/rules.md is out of date: make docs"; exit 1)

# Read the diff before committing it: a golden is what a person accepted.
golden: $(READY)
	$(BIN)/python tests/update_golden.py

# CPU time against peers, in pairs, on text of the installed packages or below CORPUS; datatrove where it is installed.
bench: $(READY)
	$(BIN)/python bench $(if $(CORPUS),--corpus $(CORPUS))

build: $(READY)
	$(BIN)/python -m build --no-isolation

# Needs uv; everything else works from the lock file alone.
lock:
	$(LOCK) --extra dev --output-file requirements.lock
	$(LOCK) --extra dev --extra engines --output-file requirements-engines.lock

clean:
	rm -rf $(VENV) out back dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@
