# Two commands on a fresh machine: `make report` and `make test`. Both need only python3 (3.11+) and make.
PYTHON ?= python3
YEAR ?= 2025
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := $(VENV)/.tools

.PHONY: report test lab docs bench check clean

report: $(READY)
	@$(BIN)/fazhi run $(YEAR); code=$$?; [ $$code -le 1 ]
	@echo "打开报告：$(BIN)/fazhi open。其他命令见 $(BIN)/fazhi --help；先 source $(BIN)/activate，就可以只写 fazhi。"

test: $(TOOLS)
	$(BIN)/python -m pytest

lab: $(READY)
	$(BIN)/fazhi lab

docs: $(TOOLS)
	$(BIN)/python -m docs.generate
	$(BIN)/python -m sphinx --quiet --fail-on-warning --keep-going docs docs/site
	@echo "打开说明：docs/site/index.html"

bench: $(TOOLS)
	$(BIN)/python -m benchmarks

check: $(TOOLS)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -rs

clean:
	rm -rf $(VENV) data/processed docs/site

# The environment is rebuilt when the lock or the package's metadata changes. Hashes come from the lock; the package
# itself is built by the locked hatchling, so nothing unpinned is fetched.
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "需要 Python 3.11 或更高版本，现为 " + sys.version.split()[0])'
	@echo "正在安装运行所需的程序（约一分钟）……"
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	$(BIN)/python -m compileall -q lib
	@touch $@

# What tests and checks need on top of that, in the same environment; a year is built without it.
$(TOOLS): $(READY) requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@
