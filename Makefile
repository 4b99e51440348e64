# Two commands do everything on a fresh machine with Python 3.11: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check install --quiet
PEERS := .venv-peers

# Modules are compiled once, whatever the shell says: every test that starts a command would compile them anew.
export PYTHONDONTWRITEBYTECODE :=

SOAK := 6000
SEED := 0

.PHONY: run test test-whole test-solver test-parts test-screens test-desk test-postgresql soak check format bench peers docs pictures house lock clean help

help: ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/'

$(VENV)/.run: requirements/build.txt requirements/run.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "jarcycle needs Python 3.11 or newer. Try: make PYTHON=python3.11 run")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --no-deps --require-hashes -r requirements/build.txt
	$(PIP) --no-deps --require-hashes -r requirements/run.txt
	$(PIP) --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements/dev.txt
	$(PIP) --no-deps --require-hashes -r requirements/dev.txt
	touch $@

run: $(VENV)/.run ## the demo: solved under all four options, published, driven; prints the addresses, Ctrl-C stops it
	$(BIN)/jarcycle up --demo

# Much of the time of whole programmes goes by waiting for their processes: a third part beside two cores fills it.
TOGETHER := $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)

test: $(VENV)/.dev ## every test that needs no extra system package (COVERAGE=1 also measures coverage, much slower)
ifdef COVERAGE
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered -m "not browser"
else
	$(MAKE) --jobs=3 $(TOGETHER) --no-print-directory test-whole test-solver test-parts
endif

# Three parts of about the same length: whole programmes, the scheduler with its exact models and the commands, the rest.
WHOLE := tests/e2e tests/integration
SOLVER := tests/adversary tests/property tests/unit/scheduler tests/unit/benchmarks tests/unit/cli

test-whole: $(VENV)/.dev
	$(BIN)/python -m pytest -m "not browser" $(WHOLE)

test-solver: $(VENV)/.dev
	$(BIN)/python -m pytest -m "not browser" $(SOLVER)

test-parts: $(VENV)/.dev
	$(BIN)/python -m pytest -m "not browser" $(addprefix --ignore=,$(WHOLE) $(SOLVER))

# What needs Debian's chromium or postgresql, in parts of about the same length; `.ci/run` installs both.
SCREENS := tests/e2e/test_screens_in_a_browser.py tests/e2e/test_buttons_in_a_browser.py

test-screens: $(VENV)/.dev
	$(BIN)/python -m pytest -m browser $(SCREENS)

test-desk: $(VENV)/.dev
	$(BIN)/python -m pytest -m browser $(addprefix --ignore=,$(SCREENS))

test-postgresql: $(VENV)/.dev
	tests/with_postgresql.sh $(BIN)/python -m pytest tests/unit/models tests/unit/services

# What is mostly the same again is shortened in `make test`.
LONG := tests/adversary tests/integration/test_simulated_year.py tests/unit/console/test_crawl.py

soak: $(VENV)/.dev ## thousands of tiny problems against an exact model, a quarter of an hour (SOAK=20000 SEED=6000: more, and others)
	$(BIN)/python -m pytest $(LONG) --long --adversary=$(SOAK) --adversary-seed=$(SEED)

check: $(VENV)/.dev ## lint, format, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev ## put the code into its form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

$(PEERS)/.peers: requirements/peers.txt
	test -x $(PEERS)/bin/python || $(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/pip --disable-pip-version-check install --quiet --no-deps --require-hashes -r requirements/peers.txt
	touch $@

peers: $(PEERS)/.peers ## the packages of the benchmark's peers (HiGHS, PyJobShop), in an environment of their own

bench: $(VENV)/.dev peers ## the benchmarks of docs/benchmarks.md, into benchmarks/results/
	$(BIN)/python -m benchmarks

docs: $(VENV)/.dev ## what scripts write in the documentation: figures, examples, columns, rooms, requirements
	for name in requirements figures import_format rooms messages messages_example commands; do $(BIN)/python docs/make_$$name.py || exit 1; done

pictures: $(VENV)/.dev ## the pictures of the documentation, from what a planner does and reads in a browser
	$(BIN)/python -m pytest -m browser tests/e2e/test_desk_in_a_browser.py tests/e2e/test_story_in_a_browser.py -k "mouse or story" --pictures=docs/pictures

house: $(VENV)/.dev ## the picture of the house in CONTRIBUTING, from the import contracts
	$(BIN)/python docs/make_house.py

lock: ## new locked versions (needs pip-tools)
	for name in run:--extra=postgresql dev:--extra=postgresql\ --extra=dev; do \
	  pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	    --no-header $${name#*:} -o requirements/$${name%%:*}.txt pyproject.toml; done
	cd requirements && pip-compile --quiet --generate-hashes --strip-extras --no-emit-index-url --no-emit-find-links \
	  --no-emit-trusted-host --no-header -o peers.txt peers.in

clean: ## remove what was made, except your data in .jarcycle
	rm -rf $(VENV) $(PEERS) build *.egg-info .coverage htmlcov .mypy_cache .ruff_cache .pytest_cache .hypothesis
