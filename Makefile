# Needs Python 3.11 or newer and make, nothing else. `make help` lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup up down status reseed test check format bench figures fuzz clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "Settings: GATEWAY_PORT, PRODUCTS_PORT (and the other domains'), DATA_DIR, CATALOG_SIZE, DATABASE_URL,"
	@echo "REDIS_URL, TYPESENSE_URL with TYPESENSE_API_KEY, AMQP_URL; for example: make up GATEWAY_PORT=5000"

setup: $(STAMP) ## Make the virtual environment with the locked dependencies

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one with PYTHON=")'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "Python has no venv module here (on Debian: apt install python3-venv)" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

up: setup ## Start the whole stack on real engines; DETACH=1 returns when all is healthy
	@exec $(BIN)/python -m deploy up $(if $(filter 1 yes true,$(DETACH)),--detach)

down: setup ## Stop the stack and whatever a killed one has left behind
	@$(BIN)/python -m deploy down

status: setup ## Show health, ports and memory of each part
	@$(BIN)/python -m deploy status

reseed: setup ## Replace the demo data; CATALOG_SIZE=100000 for the full catalogue
	@$(BIN)/python -m deploy reseed

test: setup ## Run all tests, on engines of their own; ARGS="-k checkout" chooses
	@$(BIN)/python -m pytest -n 2 --no-loadscope-reorder -q $(ARGS)

check: setup ## Lint, format, types, import layers, drift of the committed schema
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m schema export --check

format: setup ## Rewrite the code in the project's format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup ## Measure the gateway beside others on one core: docs/performance.md (needs npm)
	@$(BIN)/python tests/benchmarks/gateways.py $(ARGS)

figures: setup ## Measure the stack on a fresh clone
	@$(BIN)/python tests/benchmarks/stack.py $(ARGS)

fuzz: setup ## Hold the gateway against one monolith on random graphs and operations, as long as FUZZ_SECONDS or OPERATIONS say
	@$(BIN)/python -m gateway.testing $(if $(FUZZ_SECONDS),--seconds $(FUZZ_SECONDS)) $(if $(OPERATIONS),--operations $(OPERATIONS)) $(ARGS)

clean: ## Stop the stack; remove its data, the virtual environment and all caches
	@test ! -x $(BIN)/python || $(BIN)/python -m deploy down
	rm -rf $(or $(DATA_DIR),.data) $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
