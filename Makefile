# Everything runs in .venv, which is made on first use from the pinned requirements.
PYTHON ?= python3
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --quiet --custom-compile-command "make lock"

.PHONY: help demo run test check bench lock schema clean

help:  ## list these commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

demo: .venv/ready-demo  ## the bot in your browser, without Discord
	@$(BIN)/python -m bot demo

run: .venv/ready-run  ## the bot on Discord; needs DISCORD_TOKEN
	@$(BIN)/python -m bot run

test: .venv/ready-test  ## the whole test suite
	$(BIN)/python -m pytest

check: .venv/ready-test  ## format, lint, types, import contracts and tests: what CI runs
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(MAKE) test

bench: .venv/ready-test  ## what an answer costs, how films are found, and what "more like this" finds, each beside others
	$(BIN)/python -m benchmarks.answers
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.taste
	$(BIN)/python -m benchmarks.uploads

schema: .venv/ready-run  ## data/*.schema.json, from the models
	$(BIN)/python -m bot films schema > data/film.schema.json
	$(BIN)/python -m bot films schema --collections > data/collection.schema.json

lock: .venv/ready-test  ## the pinned requirements, from pyproject.toml
	$(BIN)/pip install --quiet uv
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra demo --output-file requirements-demo.lock
	$(LOCK) --extra test --output-file requirements-test.lock

clean:  ## take away .venv and what tools left behind
	rm -rf .venv build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache

.venv/python: Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Front Row needs Python 3.11 or newer; '$(PYTHON)' is older or missing."; \
		echo "Name another one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing. Install it, for example with: sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/ready-run: .venv/python requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

.venv/ready-demo: .venv/python requirements-demo.lock
	@echo "Setting up (a minute the first time) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-demo.lock
	@touch $@

.venv/ready-test: .venv/python requirements-test.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@
