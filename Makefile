# `make` alone lists what there is.
.DEFAULT_GOAL := help
.PHONY: help setup run seed test test-fast check fix types floors matrix migration lock audit-verify bench search-figures held-figures two-worlds looks-counted histories revoked-at-once card-cost restricted-timing api-fuzz mutants clean

PYTHON := .venv/bin/python

help: ## List the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  \1\t\2/' | expand -t 18

.venv/lock: .ci/requirements-dev.lock
	python3 -m venv --clear .venv
	.venv/bin/pip install -qq --require-hashes --requirement $<
	cp $< $@

setup: .venv/lock ## Make the environment from the hashed lock
	@echo "Ready. Before each commit: pre-commit install, or make check."

run: .venv/lock ## Start the demonstration on this machine
	$(PYTHON) -m directory

seed: .venv/lock ## Draw the invented town anew (the same seed gives the same files)
	$(PYTHON) seed_data/make_town.py --families 1000 --seed 2026 --as-of 2026-11-20 --into seed_data

test: ## Run every check and every test, as CI does
	bash .ci/test

test-fast: .venv/lock ## Run the tests that need neither Chromium nor PostgreSQL
	$(PYTHON) -m pytest -q -m "not browser and not postgres"

check: .venv/lock ## Run every static check: format lint types floors security templates assets
	bash .ci/check

fix: .venv/lock ## Format, and mend what the linter can
	.venv/bin/ruff check --quiet --fix .
	.venv/bin/ruff format --quiet .

types: .venv/lock ## Check the types
	bash .ci/check types

floors: .venv/lock ## Check who imports whom
	bash .ci/check floors

matrix: .venv/lock ## Write who may see what anew, for the diff that the IG lead approves
	$(PYTHON) -m tests.policy.rendering

migration: .venv/lock ## Start a migration: make migration m="hold a team's cover"
	@test -n "$(m)" || { echo 'Say what it does: make migration m="hold a team'"'"'s cover"' >&2; exit 2; }
	$(PYTHON) -m tests.store.draft_migration "$(m)"

# Releases younger than a week are left out: most bad uploads are found sooner. The index serves
# upload times, so the date alone decides. uv only makes the locks; nothing needs it to run.
LOCK := .venv/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-header --exclude-newer "1 week"
lock: .venv/lock ## Lock the newest libraries that are at least a week old
	.venv/bin/pip install -qq uv
	$(LOCK) --extra postgres --extra server --output-file .ci/requirements.lock
	$(LOCK) --all-extras --output-file .ci/requirements-dev.lock

DATA := demo-data
audit-verify: .venv/lock ## Verify the audit chain of the demonstration (or of DATA=folder)
	DIRECTORY_DATA=$(DATA) $(PYTHON) -c "from directory.cli import main; main()" audit verify

BENCH := build/bench
bench: .venv/lock ## Measure search, board and card at load (minutes; not part of CI)
	rm -rf $(BENCH) && mkdir -p $(BENCH)/town
	$(PYTHON) -m tests.bench.search_bench --people 100000
	$(PYTHON) -m tests.bench.journey_bench --town seed_data --into $(BENCH)/demonstration
	$(PYTHON) seed_data/make_town.py --families 75000 --into $(BENCH)/town
	$(PYTHON) -m tests.bench.journey_bench --town $(BENCH)/town --into $(BENCH)/council

SEARCH_PEOPLE := 100000 1000000
SEARCH_OTHERS := 100000
SEARCH_QUERIES := 6200
SEARCH_ENGINES := sqlite postgresql
held-figures: .venv/lock ## Measure how many lines about others wait because of protected people (a minute)
	for seed in 20261123 7 11; do $(PYTHON) -m tests.bench.held_lines 250000 250 $$seed; done

two-worlds: .venv/lock ## Compare a million values told of hidden and of unknown people (minutes)
	$(PYTHON) -m tests.bench.two_worlds

looks-counted: .venv/lock ## Let eight users look about 20,000 times, and count the entries (minutes)
	$(PYTHON) -m tests.bench.looks_counted

histories: .venv/lock ## Draw 10,000 histories in which nobody hidden may be seen (hours)
	$(PYTHON) -m tests.bench.histories

revoked-at-once: .venv/lock ## Hide families and take roles 200 times under eight readers (minutes)
	$(PYTHON) -m tests.bench.revoked_at_once

restricted-timing: .venv/lock ## Time answers about somebody hidden and somebody unknown (minutes)
	$(PYTHON) -m tests.bench.restricted_timing

card-cost: .venv/lock ## Compare a card with every modifier at work with one that asks no policy (a minute)
	$(PYTHON) -m tests.bench.card_cost

mutants: .venv/lock ## Spoil policy in 100 places, and see whether the suite notices (an hour)
	$(PYTHON) -m tests.bench.mutants

search-figures: .venv/lock ## Measure the search against its goals and write docs/search.md (an hour)
	.venv/bin/pip install -qq --no-deps --upgrade --target $(BENCH)/libraries \
		--require-hashes --requirement tests/bench/search-libraries.txt
	$(PYTHON) -m tests.bench.search_figures --people $(SEARCH_PEOPLE) --others $(SEARCH_OTHERS) \
		--queries $(SEARCH_QUERIES) --engines $(SEARCH_ENGINES) \
		--libraries $(BENCH)/libraries --into $(BENCH)/search

api-fuzz: .venv/lock ## Ask the API 5,000 times as every client, with what fits its description and not
	nice $(PYTHON) -m tests.api.fuzzing 5000

clean: ## Remove what the tools leave behind (never data)
	rm -rf dist build htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find directory tests seed_data .ci -name __pycache__ -type d -prune -exec rm -rf {} +
