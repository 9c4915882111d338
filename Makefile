# The only commands to learn. Everything lives in .venv and build/, both of which Git ignores.
#
#   make run     the example town on http://127.0.0.1:8000 (PORT=…)
#   make test    all tests: SQLite, PostgreSQL, browser
#   make check   format, lint, types, import contracts, migrations, messages, house tests
#   make fmt     format the code, bring message catalogues in step
#   make bench   the measurements in benchmarks/
#   make wheel   a complete wheel in dist/
#   make pictures   the pictures of the documentation, from the running example
#   make lock    newer versions of the dependencies
#   make clean   remove what was made (never var/, where the data lie)

PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# What only looks at the code must not make a data folder.
APART := env -u MITEINANDER_DATABASE MITEINANDER_DATA=build/check MITEINANDER_SECRET_KEY=only-to-check

.PHONY: run test check fmt bench wheel pictures lock clean assets

run: assets
	@$(BIN)/miteinander start --demo --port $(PORT)

# --- environment: one stamp per step, so that a second call takes seconds ------------------

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; say which: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@touch $@

.venv/run.installed: requirements/run.txt .venv/made
	@echo "Installing what is needed to run …" >&2
	@$(PIP) install --require-hashes --no-deps -r $<
	@touch $@

.venv/test.installed: requirements/test.txt .venv/run.installed
	@echo "Installing what is needed to test …" >&2
	@$(PIP) install --require-hashes --no-deps -r $<
	@touch $@

.venv/dev.installed: requirements/dev.txt .venv/test.installed
	@echo "Installing what is needed to develop …" >&2
	@$(PIP) install --require-hashes --no-deps -r $<
	@touch $@

.venv/bench.installed: requirements/bench.txt .venv/test.installed
	@echo "Installing what we are compared with …" >&2
	@$(PIP) install --require-hashes --no-deps -r $<
	@touch $@

# The peers of the analysis bring a hundred packages of their own: they live apart from ours.
build/peers/installed: requirements/peers.txt .venv/made
	@echo "Installing the peers of the analysis, apart …" >&2
	@test -x build/peers/bin/python || $(PYTHON) -m venv build/peers
	@build/peers/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps -r $<
	@touch $@

.venv/package.installed: pyproject.toml .venv/run.installed
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

assets: .venv/package.installed
	@$(BIN)/python tools/assets.py

# --- tests ----------------------------------------------------------------------------------

test: .venv/test.installed assets
	@browser=$$($(BIN)/python tools/browser.py) && export CHROMIUM="$$browser" && \
	echo "── SQLite" && \
	MITEINANDER_TEST_DB=sqlite $(BIN)/pytest -q -n 2 -m "not journey" && \
	echo "── PostgreSQL" && \
	MITEINANDER_TEST_DB=postgres $(BIN)/pytest -q -n 2 -m "not journey" --ignore=tests/house && \
	echo "── browser" && \
	MITEINANDER_TEST_DB=sqlite $(BIN)/pytest -q -n 2 -m journey

# Steps of their own, so that `make -k check` shows everything that is wrong, not the first.
STEPS := check-format check-lint check-types check-imports check-migrations check-messages check-promises
.PHONY: $(STEPS)
check: $(STEPS)
$(STEPS): .venv/dev.installed assets

check-format:
	@$(BIN)/ruff format --check .
check-lint:
	@$(BIN)/ruff check .
check-types:
	@$(APART) $(BIN)/mypy
check-imports:
	@$(BIN)/lint-imports
check-migrations:
	@mkdir -p build/check
	@$(APART) DJANGO_SETTINGS_MODULE=miteinander.config.settings $(BIN)/python -m django makemigrations --check --dry-run
check-messages:
	@$(BIN)/python tools/messages.py --check
check-promises:
	@$(BIN)/pytest -q -n 2 tests/house

fmt: .venv/dev.installed
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .
	@$(BIN)/python tools/messages.py

bench: .venv/bench.installed build/peers/installed assets
	@for file in $(wildcard benchmarks/bench_*.py); do echo "── $$file"; $(BIN)/python "$$file" || exit 1; done

# --- for those who publish --------------------------------------------------------------------

wheel: assets
	@$(BIN)/python -m hatchling build -t wheel -d dist

pictures: .venv/test.installed assets
	@browser=$$($(BIN)/python tools/browser.py) && CHROMIUM="$$browser" $(BIN)/python tools/pictures.py

LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
        --no-header --python-version 3.11 --upgrade
lock: .venv/dev.installed
	@$(LOCK) --extra solver pyproject.toml requirements/run.in -o requirements/run.txt
	@$(LOCK) --all-extras pyproject.toml requirements/run.in requirements/test.in -o requirements/test.txt
	@$(LOCK) --all-extras pyproject.toml requirements/run.in requirements/test.in requirements/dev.in -o requirements/dev.txt
	@$(LOCK) requirements/bench.in -o requirements/bench.txt
	@$(LOCK) requirements/peers.in -o requirements/peers.txt
	@$(LOCK) --no-deps requirements/assets.in -o requirements/assets.txt

clean:
	@rm -rf .venv build dist src/miteinander/ui/static/vendor .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find src -name '*.mo' -delete
