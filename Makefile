# Tensorpad: everything that people and CI run. 'make help' lists it.
#
# Nothing has to be set up first: Python >= 3.11 and make are enough. The Python side lives in .venv, the page's in
# frontend/node_modules; both are pinned (constraints.txt, package-lock.json) and redone only when their pins change.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-build-isolation --constraint constraints.txt
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$python" && break; done)

# What the wheels link to and do not carry: Graphviz's (glib, X11's client side, expat) and seccomp's. Desktops have them all.
LIBRARIES := libexpat1 libglib2.0-0 libseccomp2 libx11-6 libxext6 libxrender1
APT_INSTALL = { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1); } >/dev/null

# A stamp per extra, inside the environment, so that removing the environment removes what is known of it.
CORE := $(VENV)/installed-core
DEV := $(VENV)/installed-dev
BENCH := $(VENV)/installed-bench
NODE := $(VENV)/installed-node
# Environments of their own for what makes clients from the API's description and tries it.
CLIENTS := .venv-clients/installed
DOCS := .venv-docs/installed
MYST := tests/books/mystmd/node_modules/.package-lock.json
NOTEBOOKS := .venv-notebooks/installed
CLIENT_MODULES := tests/clients/typescript/node_modules/.package-lock.json
PINS := pyproject.toml constraints.txt hatch_build.py

SPHINX := .venv-docs/bin/python -m sphinx --fail-on-warning --keep-going --jobs 2

# The machine's Node where it can run Vite 8 and npm reads our lock file in full; otherwise one from PyPI, in .venv.
NODE_ON_MACHINE := $(shell command -v npm >/dev/null && node -e \
	'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 22 || (a == 22 && b >= 12) || (a == 20 && b >= 19) ? 0 : 1)' \
	2>/dev/null && [ "$$(npm --version 2>/dev/null | cut -d. -f1)" -ge 11 ] && echo yes)
NPM := $(if $(NODE_ON_MACHINE),,PATH="$(CURDIR)/$(VENV)/bin:$$PATH" )npm --prefix frontend
MODULES := frontend/node_modules/.package-lock.json
PAGE := backend/tensorpad/static/index.html
COMPILED := $(VENV)/compiled
PAGE_SOURCES := $(shell find frontend \( -name node_modules -o -name screenshot.webp \) -prune -o -type f -print 2>/dev/null)

.PHONY: help run dev test check test-page test-python test-long bench sweep truth fuzz notebooks proxies same-bytes fix screenshot screenshots docs rules openapi frontend wheel constraints chromium curl dot clean FORCE

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{ printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(CORE) $(COMPILED) $(PAGE)  ## start the service (TENSORPAD_HOST, TENSORPAD_PORT)
	@$(PY) -m tensorpad serve

dev: $(DEV) $(BENCH) $(MODULES) $(PAGE) $(CLIENTS) $(CLIENT_MODULES) $(DOCS) $(MYST) chromium  ## set up all that the checks and tests need

test: check test-page test-python  ## the checks, then every test

check: $(DEV) $(BENCH) $(DOCS) $(MODULES)  ## lint, formatting and types, without running anything
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	@# Two halves that take about as long, each on one processor.
	{ $(PY) -m pyright && $(NPM) run forms; } & types=$$!; page=0; $(NPM) run lint || page=$$?; wait $$types && exit $$page

test-page: $(MODULES)  ## the page's unit tests
	$(NPM) test

test-python: $(DEV) $(COMPILED) $(PAGE) $(CLIENTS) $(CLIENT_MODULES) $(DOCS) $(MYST) chromium  ## unit, sandbox, API and browser tests
	$(PY) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test-long: $(DEV) $(COMPILED) $(PAGE) $(CLIENTS) $(CLIENT_MODULES) $(DOCS) $(MYST) chromium  ## the further cases that `make test` leaves out (minutes)
	$(PY) -m pytest -m long --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

bench: $(DEV) $(BENCH) dot  ## measure against a warm Jupyter kernel, untraced runs and other tools
	$(PY) -m tests.benchmarks

sweep: $(DEV)  ## compare every sample of every torch operator with and without the trace (minutes)
	$(PY) -W ignore -m tests.transparency.sweep --progress

truth: $(DEV) $(MODULES)  ## compare what the page shows at each step of 300 random programs with plain PyTorch (minutes)
	$(PY) -W ignore -m tests.truth

proxies: $(DEV) $(PAGE) chromium  ## serve behind nginx and Caddy with the settings of docs/proxies.md
	@have() { PATH="$$PATH:/usr/sbin" command -v "$$1" >/dev/null; }; all() { have nginx && have caddy && have openssl; }; \
	all && exit; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing nginx and Caddy for the tests of proxies."; $(call APT_INSTALL,nginx caddy openssl) || true; fi; \
	all && exit; \
	echo "The tests of proxies need nginx, Caddy and openssl. On Debian and Ubuntu: sudo apt install nginx caddy openssl" >&2; exit 1
	$(PY) -m pytest tests/proxies

notebooks: $(DEV) $(PAGE) $(NOTEBOOKS) chromium  ## open traced notebooks in JupyterLab without a kernel, and as web pages
	$(PY) -m pytest tests/notebooks

fuzz: $(DEV) $(CLIENTS)  ## try every operation of the API with requests that are made up anew (minutes)
	$(PY) -m tests.clients.test_schemathesis

fix: $(DEV) $(MODULES)  ## repair what the linters can repair
	$(PY) -m ruff check --fix
	$(PY) -m ruff format
	$(NPM) run fix --if-present

screenshot: $(DEV) $(PAGE) chromium  ## take the README's picture of the page
	$(PY) -m tests.e2e.screenshots

screenshots: $(DEV) $(PAGE) chromium  ## take pictures of every view, into screenshots/, to look at
	$(PY) -m tests.e2e.screenshots --all screenshots

docs: $(DOCS) $(PAGE)  ## build docs/ as a site, into docs/_build/html
	$(SPHINX) -b html docs docs/_build/html
	@echo "Open docs/_build/html/index.html."

rules: $(DEV)  ## write the page of docs/ that lists what is explained
	$(PY) -m tests.support.rule_page

same-bytes: $(DEV)  ## compare the graphs of 120 programs from two clones, on machines that differ (minutes)
	$(PY) -m tests.api.test_same_bytes

openapi: $(DEV) $(MODULES)  ## after a change of the API: describe it anew, and the page's types with it
	$(PY) -m tests.support.example_answers
	$(PY) -m tensorpad openapi > $(VENV)/openapi.json
	mv $(VENV)/openapi.json frontend/openapi.json
	$(NPM) run generate

frontend: $(PAGE)  ## build the page into the Python package

wheel: $(DEV) $(PAGE)  ## build dist/*.whl, with the page inside
	rm -rf dist
	$(PY) -m hatchling build --target wheel

constraints: $(DEV) $(BENCH) $(NODE)  ## pin what is installed now
	{ sed '/^[^#]/,$$d' constraints.txt; $(PY) -m pip freeze --all --exclude pip --exclude tensorpad | sed 's/+cpu$$//'; } > constraints.new
	mv constraints.new constraints.txt

clean:  ## remove everything that make has made
	rm -rf screenshots $(VENV) $(dir $(CLIENTS) $(NOTEBOOKS) $(CLIENT_MODULES) $(DOCS) $(MYST)) docs/_build frontend/node_modules backend/tensorpad/static dist .pytest_cache .ruff_cache
	find backend tests -name __pycache__ -type d -prune -exec rm -rf {} +

# Made anew, too, where its Python has gone (a system upgrade); mended where the last attempt was interrupted.
$(VENV)/created: $(if $(shell [ -x $(PY) ] || echo gone),FORCE)
	@if [ -z "$(PYTHON)" ]; then \
		echo "Tensorpad needs Python 3.11 or newer; found: $$(python3 --version 2>&1 || true)." \
			"Install one (Debian 12+, Ubuntu 24.04+: apt install python3 python3-venv) or name it: make PYTHON=/path/to/python3" >&2; exit 1; fi
	@able() { $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; }; \
	able && exit; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then echo "Installing python3-venv."; $(call APT_INSTALL,python3-venv) || true; fi; \
	able && exit; \
	echo "$$($(PYTHON) --version) has no venv module. On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1
	$(PYTHON) -m venv $$([ -x $(PY) ] || echo --clear) $(VENV)
	@touch $@

$(CORE): $(VENV)/created $(PINS)
	@echo "Installing Python packages into $(VENV); PyTorch is large, so the first time takes minutes."
	$(PIP) hatchling
	$(PIP) --editable '.[course]'
	@linked() { $(PY) -c 'import pygraphviz, pyseccomp'; }; \
	linked 2>/dev/null && exit; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing the system libraries that Graphviz and seccomp link to."; $(call APT_INSTALL,$(LIBRARIES)) || true; fi; \
	linked && exit; \
	echo "System libraries are missing (see the error above). On Debian and Ubuntu: sudo apt install $(LIBRARIES)" >&2; exit 1
	@touch $@

# The processes that load torch write no files, and would compile what they load at each start.
$(COMPILED): $(CORE) $(shell find backend -name '*.py')
	$(PY) -m compileall -q backend
	@touch $@

$(DEV) $(BENCH) $(NODE): $(VENV)/installed-%: $(CORE)
	$(PIP) --editable '.[$*]'
	@touch $@

$(CLIENTS): tests/clients/requirements.txt | $(VENV)/created
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement $<
	@touch $@

# Sphinx beside Tensorpad's own environment, which a .pth file adds: torch is installed once.
$(DOCS): docs/requirements.txt $(CORE)
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement $<
	packages() { $$1 -c 'import sysconfig; print(sysconfig.get_path("purelib"))'; }; \
	own="$$(packages $(@D)/bin/python)"; \
	echo "import site; site.addsitedir('$$(packages $(CURDIR)/$(PY))')" > "$$own/tensorpad-environment.pth"; \
	mkdir $(@D)/types; ln -s "$$own/sphinx" "$$own/docutils" $(@D)/types
	@touch $@

$(MYST): tests/books/mystmd/package.json tests/books/mystmd/package-lock.json | $(if $(NODE_ON_MACHINE),,$(NODE))
	$(NPM:frontend=tests/books/mystmd) ci --no-audit --no-fund
	@touch $@

$(NOTEBOOKS): tests/notebooks/requirements.txt | $(VENV)/created
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --requirement $<
	@touch $@

$(CLIENT_MODULES): tests/clients/typescript/package.json tests/clients/typescript/package-lock.json | $(if $(NODE_ON_MACHINE),,$(NODE))
	$(NPM:frontend=tests/clients/typescript) ci --no-audit --no-fund
	@touch $@

$(MODULES): frontend/package.json frontend/package-lock.json | $(if $(NODE_ON_MACHINE),,$(NODE))
	$(NPM) ci --no-audit --no-fund
	@touch $@

$(PAGE): $(MODULES) $(PAGE_SOURCES) | $(CORE)
	$(NPM) run build
	@touch $@

# The tests run the documents' commands as they stand.
curl:
	@have() { command -v curl >/dev/null; }; \
	have && exit; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing curl, which the README's commands use."; $(call APT_INSTALL,curl ca-certificates) || true; fi; \
	have && exit; \
	echo "The tests run the README's commands, which need curl. On Debian and Ubuntu: sudo apt install curl" >&2; exit 1

# Jupyter draws with Graphviz's program; Tensorpad has the library.
dot:
	@have() { command -v dot >/dev/null; }; \
	have && exit; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Graphviz for the comparison with Jupyter."; $(call APT_INSTALL,graphviz) || true; fi; \
	have && exit; \
	echo "The comparison with Jupyter needs Graphviz's program 'dot'. On Debian and Ubuntu: sudo apt install graphviz" >&2; exit 1

# The browser tests drive the system's Chromium, or Playwright's own where the system has none.
chromium: $(DEV)
	@have() { for name in chromium-headless-shell chromium chromium-browser google-chrome; do command -v $$name >/dev/null && return; done; return 1; }; \
	have && exit; \
	if [ "$$(id -u)" = 0 ] && grep -qs '^ID=debian' /etc/os-release; then \
		echo "Installing Chromium for the browser tests."; \
		$(call APT_INSTALL,chromium-headless-shell) || true; \
		have && exit; \
	fi; \
	$(PY) -m playwright install chromium $$([ "$$(id -u)" != 0 ] || echo --with-deps) && exit; \
	echo "The browser tests need Chromium, and it could not be installed." \
		"Run 'sudo apt install chromium' or '$(PY) -m playwright install --with-deps chromium', then make again." >&2; \
	exit 1
