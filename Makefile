# Everything runs in a virtual environment, which is made on first use from the pinned requirements.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
TESTS ?=
# tests/conftest.py says what goes to which worker, and in which order.
PYTEST := -m pytest --numprocesses auto --dist loadscope --no-loadscope-reorder
LOCK := $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --quiet --custom-compile-command "make lock"

.PHONY: help demo run test test-deep check coverage bench pictures lock schema clean

help:  ## list these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: $(VENV)/ready-demo  ## the bot in your browser, without Discord
	@$(BIN)/python -m bot demo

run: $(VENV)/ready-run  ## the bot on Discord; needs DISCORD_TOKEN
	@$(BIN)/python -m bot run

test: $(VENV)/ready-test  ## the whole test suite, or TESTS="tests/domain tests/storage"
	$(BIN)/python $(PYTEST) $(TESTS)

test-deep: $(VENV)/ready-test  ## properties on many examples, the process ended thirty times in each way: half an hour
	$(BIN)/python $(PYTEST) -m hypothesis --hypothesis-profile deep
	TEST_ENDS=30 $(BIN)/python -m pytest tests/process/test_end.py

coverage: $(VENV)/ready-test  ## the suite once more, and which lines and branches it does not reach
	$(BIN)/coverage erase
	$(BIN)/coverage run $(PYTEST)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

check: $(VENV)/ready-test  ## format, lint, types, import contracts and tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(MAKE) test

bench: $(VENV)/ready-test  ## what an answer costs, how films are found, and what "more like this" finds, each beside others
	$(BIN)/python -m benchmarks.answers
	$(BIN)/python -m benchmarks.memory
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.opening
	$(BIN)/python -m benchmarks.mentions
	$(BIN)/python -m benchmarks.lists
	$(BIN)/python -m benchmarks.news
	$(BIN)/python -m benchmarks.taste
	$(BIN)/python -m benchmarks.picks
	$(BIN)/python -m benchmarks.spotlight
	$(BIN)/python -m benchmarks.uploads

pictures: $(VENV)/ready-test  ## docs/images/screens, from the demo in Chromium
	$(BIN)/python -m tests.pictures docs/images/screens/after

bench-scale: $(VENV)/ready-test  ## several processes on PostgreSQL: answers, memory, deploys, kills, an outage; ten minutes
	$(BIN)/python -m benchmarks.scale

schema: $(VENV)/ready-run  ## data/*.schema.json, from the models
	$(BIN)/python -m bot films schema > data/film.schema.json
	$(BIN)/python -m bot films schema --collections > data/collection.schema.json

lock: $(VENV)/ready-test  ## the pinned requirements, from pyproject.toml
	$(BIN)/pip install --quiet uv
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra demo --output-file requirements-demo.lock
	$(LOCK) --extra test --output-file requirements-test.lock

clean:  ## take away .venv and what tools left behind
	rm -rf .venv .venv-* build dist .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/python: Makefile
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Front Row needs Python 3.11 or newer; '$(PYTHON)' is older or missing."; \
		echo "Name another one with: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv module is missing. Install it, for example with: sudo apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/ready-run: $(VENV)/python requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/ready-demo: $(VENV)/python requirements-demo.lock
	@echo "Setting up (a minute the first time) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-demo.lock
	@touch $@

$(VENV)/ready-test: $(VENV)/python requirements-test.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.lock
	@touch $@
