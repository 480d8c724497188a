# Everything runs from a clean clone with Python 3.11 (or newer), pip and make.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RUNTIME := $(VENV)/.runtime

.PHONY: demo test check fix bench lock clean

demo: $(RUNTIME)  ## the main job on the sample log: no keys, no services
	@$(BIN)/plumb demo

test: $(READY)  ## all tests, network off
	@$(BIN)/pytest -n 2

check: $(READY)  ## format, lint, types, architecture, tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest -n 2

fix: $(READY)  ## format and mend what can be mended
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: $(READY)  ## benchmarks: ratios and figures, never a test
	@for script in tests/benchmarks/bench_*.py; do echo "== $$script"; $(BIN)/python -m $$(echo $${script%.py} | tr / .) || exit 1; done

LOCK := $(BIN)/python -m uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate
lock: $(READY)  ## pin requirements again by hash
	@$(LOCK) --group build -o deploy/requirements.txt pyproject.toml
	@$(LOCK) --group build --group dev -c deploy/requirements.txt -o deploy/requirements-dev.txt pyproject.toml

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .schemathesis

$(RUNTIME): pyproject.toml deploy/requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r deploy/requirements.txt
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q bot handlers prompts
	@touch $@

$(READY): pyproject.toml deploy/requirements-dev.txt | $(RUNTIME)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r deploy/requirements-dev.txt
	@touch $@
