# Every target does its own set-up: a bare machine needs Python 3.11+, make and git.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
SOURCES := bench bot coaching handlers playground storage views tests
PLAYGROUND_PORT ?= 3000
# A test waits for half of its time, so that one worker more than there are cores keeps them busy.
WORKERS ?= $(shell expr $$(getconf _NPROCESSORS_ONLN) + 1)

.venv/installed: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "CoachLog needs Python 3.11 or newer; set PYTHON=..."; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: help install run test check fix unit bench pictures lock clean
help: ## Show what can be done
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

install: .venv/installed ## Create .venv with the coachlog command

run: install ## Open a Slack-like workspace with CoachLog in it, in the browser
	$(BIN)/coachlog playground --port $(PLAYGROUND_PORT)

test: check unit ## Everything: static checks, then all tests (SQLite, PostgreSQL, browser)

check: install ## Static checks: formatting, lint, types, the arrows between the rooms
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: install ## All tests, with branch coverage
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --cov --cov-report=term

fix: install ## Format and mend what can be mended by itself
	$(BIN)/ruff format $(SOURCES)
	$(BIN)/ruff check --fix $(SOURCES)

bench: install ## Measure what people do and what grows (SIZES="10000" for a quick run, ONLY=interactions or growth)
	$(BIN)/python -m bench $(SIZES) $(if $(ONLY),--only $(ONLY))

pictures: install ## Take the README's pictures anew (needs chromium and a font with emoji)
	$(BIN)/python -m tests.browser_flows.pictures docs/pictures

lock: ## Pin all dependencies anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-strip-extras --group dev pyproject.toml -o requirements.lock

clean: ## Remove what the other targets made
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache .coverage*
