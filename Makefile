# Redaksi: every command a newcomer needs. Python >= 3.11 and make; no root, no account.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
ARGS ?=

.PHONY: help setup demo test coverage mutants check run bench drill docs faults fuzz lock audit clean

help:            ## this list
	@grep -hE '^[a-z]+: .*##|^[a-z]+: +##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

setup: $(READY)  ## make .venv and install everything into it

$(READY): pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "Redaksi needs Python 3.11 or newer: apt install python3-venv, or brew install python"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY)   ## local servers, sample mails, the real worker; ARGS=--once for the scoreboard alone
	@$(BIN)/redaksi demo $(ARGS)

test: $(READY)   ## every test this machine can run
	$(BIN)/python -m pytest -n auto --dist worksteal $(ARGS)

coverage: $(READY) ## the unit tests, with branch coverage of the pure folders
	$(BIN)/python -m pytest -n auto tests/unit --cov $(ARGS)

mutants: $(READY) ## does a test fail when the code is wrong? A seeded sample; ARGS='--count 20 --only desk/domain'
	$(BIN)/python -m tests.mutants $(ARGS)

check: $(READY)  ## lint, format, types, floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tests.unit.test_house

run: $(READY)    ## the daemon, with config.toml
	$(BIN)/redaksi run $(ARGS)

bench: $(READY)  ## ratios measured in one run
	$(BIN)/python -m bench $(ARGS)

drill: $(READY)  ## what CI runs a tenth of, whole; ARGS=pairs (and any other of tests/drill)
	$(BIN)/python -m tests.drill $(ARGS)

faults: $(READY) ## SIGKILL and a full disk at every step of the way, with more mails than `make test` takes
	REDAKSI_FAULTS=long $(BIN)/python -m pytest tests/journey/test_killed*.py tests/journey/test_full_disk.py -n 2 -rP --timeout=3600 $(ARGS)

SECONDS ?= 60
fuzz: $(READY)   ## mutants of documents and mails, SECONDS each (default 60)
	@for script in tests/hostile/fuzz_*.py; do echo "$$script"; \
		PYTHONPATH=. $(BIN)/python "$$script" $(SECONDS) || exit 1; done
	REDAKSI_FUZZ_COUNT=$$(( $(SECONDS) * 600 )) $(BIN)/python -m pytest -q tests/hostile/test_mail_fuzz.py --timeout=3600

docs: $(READY)   ## write the generated pages anew
	$(BIN)/python -m validators.handbook > docs/rules.md
	$(BIN)/python -m desk.cli.example.config_toml > config.example.toml

lock:            ## pin what a fresh install takes today: one file, with hashes, for every Python
	@rm -rf $(VENV)/lock && $(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(VENV)/lock/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --extra dev \
		--no-emit-index-url --no-header --no-annotate pyproject.toml --output-file requirements.lock
	@rm -rf $(VENV)/lock

audit: $(READY)  ## known vulnerabilities of what the lock pins; says so where the data is out of reach
	@test -x $(VENV)/audit/bin/pip-audit || { $(PYTHON) -m venv $(VENV)/audit && \
		$(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit; }
	@$(BIN)/python -m tests.audit $(VENV)/audit/bin/pip-audit requirements.lock

clean:           ## remove what make made
	rm -rf $(VENV) .venv-* demo dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage
