# The commands that a person types and that CI runs. Python 3.11 or later and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: brief editions test checkers lab check lint bench lock clean help

brief: $(READY)  ## set up and render report/brief.html, report/brief.pdf and the data beside them
	$(BIN)/claimbrief build

editions: $(READY)  ## render every edition, each into its folder under report/
	$(BIN)/claimbrief build --all

test: $(READY)  ## set up and run the tests
	$(BIN)/python -m pytest

checkers: tests/checkers/node_modules/.ready  ## get the checkers of the pages from npm, for the tests that use them

lab: $(READY)  ## open the notebooks in JupyterLab, which asks no network for news
	$(BIN)/jupyter lab --LabApp.news_url=None \
		--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate notebooks

check: $(READY)  ## check the dataset: every problem at once, or what was verified
	$(BIN)/claimbrief check

lint: $(READY)  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY)  ## measure builds beside plain papermill and a plain script; writes benchmarks/README.md
	$(BIN)/python benchmarks/bench.py

lock: $(READY)  ## write requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra cluster --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --upgrade --quiet -o requirements.lock

clean:  ## remove the environment and everything that tools leave behind
	rm -rf $(VENV) tests/checkers/node_modules .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

# The stamp is newer than what it was made from; a changed lock or pyproject installs again.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "claimbrief needs Python 3.11 or later: make PYTHON=python3.12 brief"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# npm's own quiet: what goes wrong is still told.
tests/checkers/node_modules/.ready: tests/checkers/package.json tests/checkers/package-lock.json
	npm ci --prefix tests/checkers --loglevel=error
	@touch $@
