PYTHON ?= python3
# Options for pip, for example an index with the CPU build of torch (see README.md).
PIP_OPTIONS ?=
BIN = .venv/bin

# Material prints a notice about other software at every build.
export NO_MKDOCS_2_WARNING = 1

.PHONY: serve test check record build bench

serve: .venv/ready ## both languages at http://127.0.0.1:8000, reloaded on edit
	$(BIN)/mkdocs serve

test: .venv/ready ## every example on every page, and every other test
	$(BIN)/pytest -n auto

check: .venv/ready ## before a commit: ruff, structure and translation of all pages, examples of changed ones
	$(BIN)/pytest --changed docs tests/test_tree.py tests/test_pages.py tests/test_lessons.py

# make record PAGES="docs/line/misfit.md docs/index.md"; without PAGES it records all pages,
# side by side, or with CONFIRM those that are confirmed.
PAGES ?= $(sort $(foreach name,$(CONFIRM),$(firstword $(subst :, ,$(name)))))
record: .venv/ready ## run examples and write what they print and draw; the diff is the review
	$(BIN)/pytest --record $(foreach name,$(CONFIRM),--confirm $(name)) \
		$(or $(PAGES),-n auto --dist loadgroup docs)

build: .venv/ready ## the static site in site/
	$(BIN)/mkdocs build --strict

bench: .venv/ready ## page weight, build, check and training time, each beside its yardstick
	$(BIN)/python tests/bench.py

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/pip install $(PIP_OPTIONS) --constraint constraints.txt ".[site,test]"
	touch $@
