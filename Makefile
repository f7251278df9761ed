# Every target sets up what it needs: a virtual environment in .venv, from the lock file, nothing global.
PYTHON ?= python3
BIN := .venv/bin
# How many files of tests run at once; each process takes 1 to 2 GB.
PROCESSES ?= 2
# Where the gold sets and scorers lie that `make bench` measures with; they are not part of this repository.
SHARED ?= ../shared

.PHONY: help setup ftm clusters demo test lint bench bench-ci docs screenshots lock clean

help:
	@echo "make demo    set up, code a sample article, show the account"
	@echo "make test    set up, run the tests, two files at a time (PROCESSES=4: four)"
	@echo "make lint    ruff, mypy, import-linter"
	@echo "make bench   measure speed, memory and scores, and compare with benchmarks/baseline.json; with UPDATE=1 write them"
	@echo "             down there and in the README; ONLY='speed workers' measures some; gold sets lie in SHARED=$(SHARED)"
	@echo "make bench-ci   the part of it that every change must pass, in a minute"
	@echo "make docs    build the documentation into site/"
	@echo "make screenshots   draw all pages of the explorer anew, for the documentation (needs Chromium)"
	@echo "make ftm     also install the library that checks the FollowTheMoney export (needs a compiler and ICU)"
	@echo "make clusters  also install Ray and an object store, for the tests of the Ray engine (200 MB)"
	@echo "make lock    resolve requirements.lock anew from pyproject.toml (needs uv)"

setup: .venv/compiled

# Bytecode and knowledge as Sayso reads them at once. What is not compiled, or changed since, is read as it stands,
# which takes a start of Sayso half a second more; Python alone would not keep bytecode under PYTHONDONTWRITEBYTECODE.
.venv/compiled: .venv/ready $(shell find src/sayso -name '*.py' -o -name '*.yaml')
	@$(BIN)/python -m compileall -q src/sayso
	@$(BIN)/python -m sayso.knowledge.compiled
	@touch $@

.venv/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; ok = (3, 11) <= sys.version_info < (3, 14); sys.exit(0 if ok else \
	"Sayso needs Python 3.11 to 3.13, and $(PYTHON) is " + sys.version.split()[0] + ": run make PYTHON=python3.12 ...")'
	@echo "Setting up .venv (about a minute, once) ..."
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# FollowTheMoney's library builds PyICU, which needs a compiler, pkg-config and the headers of ICU (Debian: libicu-dev).
ftm: setup
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-ftm.lock

# What the tests of the Ray engine need, which are skipped without: Ray, and in an environment of its own, for the two ask
# for different versions of what both use, a server that stands in for an object store.
clusters: setup
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-ray.lock
	@$(PYTHON) -m venv .venv/store
	@.venv/store/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-store.lock

demo: setup
	@$(BIN)/sayso code examples/hanoi-summit.txt --published 2019-03-01 --publisher "Sample Wire" --format pretty

test: setup
	$(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist loadfile --no-loadscope-reorder

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sayso knowledge validate

bench: setup
	$(BIN)/python benchmarks/run.py --shared $(SHARED) --readme README.md $(if $(ONLY),--only $(ONLY)) $(if $(UPDATE),--update)

bench-ci: setup
	$(BIN)/python benchmarks/run.py --quick

docs: setup
	$(BIN)/mkdocs build --strict --quiet

# Needs Chromium (Debian: apt-get install chromium).
screenshots: setup
	$(BIN)/python docs/screenshots.py

lock:
	uv pip compile pyproject.toml --extra accurate --extra frames --extra dev --generate-hashes --universal --python-version 3.11 \
		--no-header --no-emit-index-url --quiet --output-file requirements.lock
	uv pip compile pyproject.toml --extra accurate --extra frames --extra dev --extra ftm --generate-hashes --universal \
		--python-version 3.11 --no-header --no-emit-index-url --quiet --constraints requirements.lock \
		--output-file requirements-ftm.lock
	uv pip compile pyproject.toml --extra accurate --extra frames --extra dev --extra ray --generate-hashes --universal \
		--python-version 3.11 --no-header --no-emit-index-url --quiet --constraints requirements.lock \
		--output-file requirements-ray.lock
	echo "moto[server]>=5" | uv pip compile - --generate-hashes --universal --python-version 3.11 --no-header \
		--no-emit-index-url --quiet --output-file requirements-store.lock

clean:
	rm -rf .venv build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
