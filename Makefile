# Needs GNU make and Python 3.11 or newer; `make test` installs the rest on Debian. Another Python: make PYTHON=python3.13 …

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help site preview wheel test test-all lint bench bench-import bench-publish screenshots clean

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check
PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist loadgroup
ARGS ?=

# Commands that tests start would compile all their modules each time.
unexport PYTHONDONTWRITEBYTECODE

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: $(VENV)/.installed ## build the example digest into site/
	@$(BIN)/digest build $(ARGS)

preview: $(VENV)/.installed ## the example digest's live preview on http://127.0.0.1:8000/
	@$(BIN)/digest serve $(ARGS)

wheel: $(VENV)/.installed ## the package as a file, in dist/
	@$(PIP) wheel --no-deps --wheel-dir dist .
	@ls dist/*.whl

test: lint ## lint, types and tests, slow ones aside; ARGS="-k word" goes to pytest
	@$(PYTEST) $(ARGS)

test-all: lint ## the same with the slow tests
	@$(PYTEST) -m "slow or not slow" $(ARGS)

lint: $(VENV)/.test-ready ## ruff and mypy
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/mypy

bench: $(VENV)/.bench-ready ## measure builds of large digests against Hugo; ARGS="--sizes 1000 --edit --serve"
	@$(BIN)/python -m benchmarks $(ARGS)

bench-publish: $(VENV)/.bench-ready $(VENV)/.test-ready ## measure publishing a large digest to an S3 server here; ARGS="1000"
	@$(BIN)/python -m benchmarks.publish $(ARGS)

bench-import: $(VENV)/.installed ## precision and recall of what `digest import` proposes; ARGS="--faults"
	@$(BIN)/python -m benchmarks.imports $(ARGS)

screenshots: $(VENV)/.test-ready site ## pictures of site/ in screenshots/
	@$(BIN)/python -m tools.screenshots site screenshots $(ARGS)

clean: ## remove what was built; .venv stays
	@rm -rf site .digest dist build screenshots .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/.installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "digest needs Python 3.11 or newer")'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || tools/ensure.sh ensurepip=python3-venv
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --upgrade pip
	@$(PIP) install --editable .
	@touch $@

$(VENV)/.bench-ready: $(VENV)/.installed
	@$(PIP) install --group bench
	@touch $@

# The wheels let tests/test_wheel.py install digest into an empty environment without a network.
$(VENV)/.test-ready: $(VENV)/.installed tests/site/package-lock.json tests/publish/package-lock.json
	@tools/ensure.sh "$(or $(CHROMIUM),chromium|chromium-browser|google-chrome)=chromium,fonts-liberation" \
	  java=default-jre-headless npm=npm vim=vim git=git ssh=openssh-client /usr/sbin/sshd=openssh-server \
	  rsync=rsync /usr/sbin/nginx=nginx-light
	@$(PIP) install --group test --group lint
	@rm -rf $(VENV)/wheels
	@$(PIP) download --only-binary :all: --dest $(VENV)/wheels .
	@npm ci --prefix tests/site --ignore-scripts --no-audit --no-fund --loglevel error >/dev/null
	@npm ci --prefix tests/publish --ignore-scripts --no-audit --no-fund --loglevel error >/dev/null
	@touch $@
