# jixiao: every way of working on it. `make` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup browser demo clean-demo test chaos check accuracy golden samples bench compose-smoke clean

PYTHON ?= python3
DEMO ?= demo
PORT ?= 8000
STAMP := .venv/.installed-$(shell cat pyproject.toml constraints.txt | cksum | cut -d' ' -f1)

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: $(STAMP)  ## install everything into .venv, pinned; the command is .venv/bin/jixiao

$(STAMP): pyproject.toml constraints.txt
	@bash scripts/install.sh "$(PYTHON)"
	@rm -f .venv/.installed-*; touch $@

browser:  ## install Chromium (browser tests) and Tesseract (second OCR engine), where that is possible
	@bash scripts/install_system.sh

samples: $(STAMP)  ## draw the sample budgets into $(DEMO)/samples, their answers into $(DEMO)/truths
	@.venv/bin/python -m samples $(DEMO)/samples --truths $(DEMO)/truths

demo: $(STAMP) samples  ## start everything in one command, feed the samples, print the address and the inbox
	@.venv/bin/jixiao --home $(DEMO)/home serve --port $(PORT) --feed $(DEMO)/samples

clean-demo:  ## forget the demo: its inbox, archive and index
	rm -rf $(DEMO)

test: $(STAMP) browser  ## set up what the tests need, run all but the chaos suite, print the coverage
	@.venv/bin/coverage erase
	@.venv/bin/coverage run -m pytest -m "not chaos"
	@.venv/bin/coverage combine -q; .venv/bin/coverage report --skip-covered --sort=cover | tail -n 25

chaos: $(STAMP)  ## kill, empty and mislead a whole installation on real servers; print the table
	@.venv/bin/pytest -q tests/chaos

check: $(STAMP)  ## formatting, lint, types, who may import whom
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports

accuracy: $(STAMP)  ## score every document that has an answer; fails below the floors
	@.venv/bin/python -m tests.accuracy

golden: $(STAMP)  ## write the golden files and the generated documents anew, to be reviewed as a diff
	@.venv/bin/python -m scripts.generate_docs
	@.venv/bin/pytest -q tests/golden --rewrite-golden

compose-smoke: $(STAMP)  ## bring the compose file up, search, start each service anew, take it down
	@bash scripts/compose_smoke.sh

bench: $(STAMP)  ## list the benchmarks
	@grep -h -m1 -A2 '^```sh' benchmarks/*/README.md | grep -v '^```' || true

clean: clean-demo  ## forget the installation too
	rm -rf .venv build *.egg-info
