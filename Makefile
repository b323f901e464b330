# Four words to remember: serve, test, check, bench. The README has the same lines for those without make.
PYTHON ?= python3
PORT ?= 8000
DATA ?=
NAMES ?=
TORCH_INDEX ?=
PIP := .venv/bin/python -m pip --disable-pip-version-check --quiet
DOWNHILL := .venv/bin/python -m downhill
CODE := downhill bench tests

.PHONY: serve build pdf cards zensical test check new translate verify record full experiments bench install clean

serve: .venv/installed  ## build both languages, serve them here, build again on every change
	@$(DOWNHILL) serve --port $(PORT)

build: .venv/installed  ## build both languages into site/
	@$(DOWNHILL) build

pdf: .venv/installed  ## the same, and each language as a PDF beside its pages; needs Chromium
	@$(DOWNHILL) pdf

cards: .venv/installed  ## draw the cards that are older than their pages; needs Chromium; commit them
	@$(DOWNHILL) cards

zensical: .venv/installed  ## the same with Zensical, into site-zensical/
	@$(DOWNHILL) build --with zensical

test: .venv/installed  ## snippets, pages, the built site, faults
	@.venv/bin/python -m pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

check: .venv/installed  ## everything that is wrong without running a snippet, in one list
	@wrong=0; \
	$(DOWNHILL) check || wrong=1; \
	.venv/bin/ruff check --quiet --output-format concise $(CODE) snippets || wrong=1; \
	.venv/bin/ruff format --quiet --check $(CODE) || wrong=1; \
	.venv/bin/ruff format --quiet --check --config "line-length = 88" snippets || wrong=1; \
	exit $$wrong

new: .venv/installed  ## begin a snippet on both pages, its chapter, or an exercise: make new NAME=chapter/name
	@$(DOWNHILL) new "$(NAME)"

translate: .venv/installed  ## bring the catalogue up to date with the snippets
	@$(DOWNHILL) translate

verify: .venv/installed  ## run what changed, and compare with data/record: make verify [NAMES="valley momentum/"]
	@$(DOWNHILL) verify $(NAMES)

record: .venv/installed  ## the same, and write data/record: make record [NAMES=valley]
	@$(DOWNHILL) record $(NAMES)

full: .venv/installed  ## the MNIST programs on all 60,000 digits: make full [NAMES="mnist_sgd"] [DATA=folder]
	@$(DOWNHILL) full $(if $(DATA),--data "$(DATA)") $(NAMES) $(ARGS)

experiments: .venv/installed  ## the tuning grids that pages quote: make experiments [NAMES=rates] [DATA=folder] [ARGS="--dry-run"]
	@$(DOWNHILL) experiments $(if $(DATA),--data "$(DATA)") $(ARGS) $(NAMES)

bench: .venv/installed  ## Downhill beside its peers, on a quiet machine: three quarters of an hour; bench/README.md
	@$(PIP) install -e ".[bench]"
	@.venv/bin/python -m bench.peers $(ARGS)

clean:  ## what a build makes
	rm -rf site site-zensical .cache .venv

.venv/installed: pyproject.toml  # what pip lines have installed without make is not installed again
	@{ [ -x .venv/bin/python ] && .venv/bin/python downhill/installed.py; } || $(MAKE) --no-print-directory install
	@touch $@

install:
	@$(PYTHON) -c 'import sys; sys.version_info < (3, 11) and sys.exit("Downhill needs Python 3.11 or newer; $(PYTHON) is %s. Name another: make PYTHON=python3.12 ..." % sys.version.split()[0])'
	@$(PYTHON) -m venv .venv || { echo "No virtual environment could be made. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@echo "installing what pyproject.toml pins (once; some minutes)"
	@{ $(if $(TORCH_INDEX),$(PIP) install torch==2.13.0 torchvision==0.28.0 --index-url "$(TORCH_INDEX)" &&) \
	   $(PIP) install -e ".[test]"; } || \
	 { echo "Installing failed. Without a network, or behind a proxy: see “Behind a proxy, or offline” in README.md."; exit 1; }
