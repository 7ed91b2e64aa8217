# The commands that a person types and that CI runs. Python 3.11 or later and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := $(VENV)/.tools
BOM := dist/bom.cdx.json
PIP := $(BIN)/python -m pip install --disable-pip-version-check

# Installs what pyproject.toml lists, and the extras that follow, in the versions of the lock and
# with its hashes: by uv, or where that fails the whole lock by pip.
install = $(BIN)/uv pip install --python $(BIN)/python --require-hashes --constraints requirements.lock \
	--requirements pyproject.toml $(1) || \
	{ echo "uv installs nothing here; pip installs all of requirements.lock, in some minutes"; \
	$(PIP) --require-hashes -r requirements.lock; }

# A Python that may not keep what it compiled compiles every library again in every process.
unexport PYTHONDONTWRITEBYTECODE

# What `figures` and `changes` compare with: the last commit that this branch shares with BASE.
export BASE ?= origin/main

# How git stores a notebook: without what a run or an editor left in it.
CLEAN = if test -x $(BIN)/claimbrief; then $(BIN)/claimbrief tidy -; else cat; fi

.PHONY: brief editions test checkers lab check tidy filter lint mutants bench lock clean help \
	machine setup compare figures changes site bom release faults

brief: $(READY)  ## set up and render report/brief.html, report/brief.pdf and the data beside them
	$(BIN)/claimbrief build

editions: $(READY)  ## render every edition, each into its folder under report/
	$(BIN)/claimbrief build --all

# A process more than cores, as some tests wait for a browser, a kernel or a scheduler.
test: $(TOOLS)  ## set up what the tests need too, and run them, a file in each process
	$(BIN)/python -m pytest -n $$($(BIN)/python -c 'import os; print(os.cpu_count() + 1)') \
		--dist loadfile --no-loadscope-reorder

checkers: tests/checkers/node_modules/.ready  ## get the checkers of the pages from npm, for the tests that use them

lab: $(READY)  ## open the project in JupyterLab, with options: make lab LAB_ARGS="--no-browser"
	JUPYTER_CONFIG_PATH=.jupyter $(BIN)/jupyter lab --ServerApp.root_dir=. \
		--FileContentsManager.preferred_dir=notebooks $(LAB_ARGS)

check: $(READY)  ## check the dataset: every problem at once, or what was verified
	$(BIN)/claimbrief check

tidy: $(READY)  ## put notebooks and tables into the house form, after a spreadsheet or editor
	$(BIN)/claimbrief tidy

filter:  ## have git store notebooks without outputs; make brief does it too
	@test ! -e .git || git config filter.claimbrief.clean '$(CLEAN)' || true

lint: $(TOOLS)  ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

machine:  ## get from Debian what the tests of the pages need and this machine lacks
	@lacking=; \
	command -v chromium >/dev/null || lacking="chromium"; \
	command -v npm >/dev/null || lacking="$$lacking nodejs npm"; \
	command -v java >/dev/null || lacking="$$lacking default-jre-headless"; \
	test -z "$$lacking" || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
		apt-get install -y -qq --no-install-recommends $$lacking >/dev/null; }

setup: $(TOOLS)  ## set up .venv with all that the other targets need

compare:  ## say where report/ is not as it was committed
	@differing=$$(git status --short -- report); test -z "$$differing" || { echo "$$differing"; \
		echo "report/ is not what was committed: commit what make editions writes"; exit 1; }

figures:  ## say which published figure moved since BASE (origin/main) with no entry in report/CHANGES.md
	@$(PYTHON) tests/moved_figures.py "$$BASE"

changes: $(READY)  ## say in Markdown what changed in the brief since BASE (origin/main)
	@base=$$(git rev-parse --short "$$(git merge-base "$$BASE" HEAD)") && \
		$(BIN)/claimbrief diff "$$base" HEAD --format markdown

site:  ## lay out build/site, as it is published: the files of report/, with the brief as its index
	@rm -rf build/site && mkdir -p build && cp -R report build/site && rm -r build/site/template
	@cp build/site/brief.html build/site/index.html

mutants: $(TOOLS)  ## list faults that no test finds; a part: make mutants OF='claimbrief.dates.*' SAMPLE=40
	$(BIN)/python tests/mutants.py $(if $(SAMPLE),--sample $(SAMPLE)) $(if $(SEED),--seed $(SEED)) $(OF)

faults: $(TOOLS)  ## inject faults, kind by kind, and count the failures; a part: make faults KIND='full disk' TRIALS=20
	$(BIN)/python tests/faults/run.py $(if $(KIND),--kind '$(KIND)') $(if $(TRIALS),--trials $(TRIALS))

bench: $(TOOLS)  ## measure builds beside plain papermill and a plain script; writes benchmarks/README.md
	$(BIN)/python benchmarks/bench.py

lock: $(TOOLS)  ## write requirements.lock anew from pyproject.toml
	$(BIN)/uv pip compile pyproject.toml --extra dev --extra cluster --extra scripts --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --upgrade --quiet -o requirements.lock

bom: $(READY)  ## write what the lock installs to dist/bom.cdx.json, as CycloneDX; elsewhere: make bom BOM=…
	@mkdir -p $(dir $(BOM))
	$(BIN)/claimbrief bom > $(BOM) || { rm -f $(BOM); exit 1; }

release: $(READY)  ## build sdist, wheel and bill of materials into dist/, the same bytes from the same commit
	SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct 2>/dev/null || echo 0) $(BIN)/uv build --offline --clear \
		--no-build-isolation --python $(BIN)/python --out-dir dist --no-create-gitignore --quiet
	@$(MAKE) --silent bom

clean:  ## remove the environment and everything that tools leave behind
	rm -rf $(VENV) build tests/checkers/node_modules mutants .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

help:  ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

# A stamp is newer than what it was made from; a changed lock or pyproject installs again. uv and
# flit_core, which builds this package, come first, by the hashes of their lines in the lock.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "claimbrief needs Python 3.11 or later: make PYTHON=python3.12 brief"; exit 1; }
	@echo "setting up $(VENV): Python, an installer, then what a brief needs"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@sed -nE '/^(uv|flit-core)==/,/[^\]$$/p' requirements.lock > $(VENV)/installer.lock
	-$(PIP) --quiet --require-hashes -r $(VENV)/installer.lock
	$(call install,--extra scripts)
	$(PIP) --quiet --no-deps --no-build-isolation -e .
	@$(MAKE) --silent filter
	@touch $@

$(TOOLS): $(READY)
	@echo "adding to $(VENV) what tests, lint and benchmarks need"
	$(call install,--extra dev --extra cluster --extra scripts)
	@touch $@

# npm's own quiet: what goes wrong is still told.
tests/checkers/node_modules/.ready: tests/checkers/package.json tests/checkers/package-lock.json
	npm ci --prefix tests/checkers --loglevel=error
	@touch $@
