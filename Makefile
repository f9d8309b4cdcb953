PYTHON ?= python3
# Options for pip, for example an index with the CPU build of torch (see README.md).
PIP_OPTIONS ?=
# Unlike the commands beside it, it starts after the checkout has moved, too.
PY = .venv/bin/python

# Material prints a notice about other software at every build.
export NO_MKDOCS_2_WARNING = 1

.PHONY: serve test check record build bench

serve: .venv/ready ## both languages at http://127.0.0.1:8000, reloaded on edit
	$(PY) -m mkdocs serve

test: .venv/ready ## every example on every page, and every other test
	$(PY) -m pytest -n auto

check: .venv/ready ## before a commit: ruff, structure and translation of all pages, examples of changed ones
	$(PY) -m pytest --changed docs tests/test_tree.py tests/test_pages.py tests/test_lessons.py

# make record PAGES="docs/line/misfit.md docs/index.md"; without PAGES it records all pages,
# side by side, or with CONFIRM those that are confirmed.
PAGES ?= $(sort $(foreach name,$(CONFIRM),$(firstword $(subst :, ,$(name)))))
record: .venv/ready ## run examples and write what they print and draw; the diff is the review
	$(PY) -m pytest --record $(foreach name,$(CONFIRM),--confirm $(name)) \
		$(or $(PAGES),-n auto --dist loadgroup docs)

build: .venv/ready ## the static site in site/
	$(PY) -m mkdocs build --strict

bench: .venv/ready ## page weight, build, check and training time, each beside its yardstick
	$(PY) tests/bench.py

# Where .venv was set up, if it is there no longer.
moved := $(shell test -s .venv/ready && test ! -d "$$(cat .venv/ready)/.venv" && cat .venv/ready)
ifneq ($(moved),)
$(info This checkout has moved here from $(moved). Make goes on as before; for the commands)
$(info in .venv/bin, delete .venv, and call make again.)
endif

# Its Python may have been upgraded or removed: then all is set up again.
dead := $(shell test ! -e .venv || $(PY) -c "" 2>/dev/null || echo dead)
ifneq ($(dead),)
.PHONY: .venv/ready
endif

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(if $(dead),--clear) .venv
	$(PY) -m pip install $(PIP_OPTIONS) --constraint constraints.txt ".[site,test]"
	pwd > $@
