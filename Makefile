# The daily commands. Each one prepares its own environment; a second call finds it ready.

VENV ?= .venv
PORT ?= $(or $(STREAMLIT_SERVER_PORT),8501)
RUN_FLAGS ?=
PYTEST_FLAGS ?=
# Test processes side by side, each with one thread for the engine. A file's tests stay together.
WORKERS ?= $(shell nproc 2>/dev/null || echo 2)
UV_VERSION := 0.13.8

export PYTHON
export PYTHONUTF8 := 1
export PIP_USER := 0
export TF_CPP_MIN_LOG_LEVEL ?= 2
# Each stage and each process that a test starts finds compiled what the first one has read.
unexport PYTHONDONTWRITEBYTECODE

IN_VENV := $(VENV)/bin/python -m
PYTEST := $(IN_VENV) pytest -n $(WORKERS) --dist loadfile --durations=25 $(PYTEST_FLAGS)

.PHONY: run test test-unit test-jax test-journeys test-slow lint bench lock clean app-environment environment
.NOTPARALLEL:

run: app-environment ## Serve the app on port $(PORT).
	$(IN_VENV) streamlit run app.py --server.port=$(PORT) $(RUN_FLAGS)

test: lint test-unit test-jax test-journeys ## Everything that has to hold, in a quarter of an hour.

test-unit: environment ## Unit and page tests, on TensorFlow.
	KERAS_BACKEND=tensorflow $(PYTEST) -m "not browser and not slow"

test-jax: environment ## A chosen share of Keras's own tests once more, on JAX.
	KERAS_BACKEND=jax $(PYTEST) -m "backend and not slow" tests/learning tests/models tests/tasks \
		tests/jobs/members

test-journeys: environment ## The journeys through a real browser.
	$(IN_VENV) tests.journeys.chrome
	$(PYTEST) --no-loadscope-reorder -m "browser and not slow" tests/journeys

test-slow: environment ## What is long and strong, and faults put in on purpose.
	$(IN_VENV) tests.journeys.chrome
	$(PYTEST) -m slow
	$(IN_VENV) tests.mutations --workers $(WORKERS)

lint: environment ## Style, types and the import rule.
	$(IN_VENV) ruff check .
	$(IN_VENV) ruff format --check .
	$(IN_VENV) mypy --num-workers $(WORKERS)
	$(VENV)/bin/python $(VENV)/bin/lint-imports --no-logo

bench: environment ## How fast it is, beside bare Keras.
	$(IN_VENV) benchmarks

# --python-version 3.11 means 3.11.0: nothing is chosen that asks for a later patch release than
# the one that Debian ships. Pins stay as they are; LOCK_FLAGS=--upgrade renews them.
lock: environment ## Write the exact versions of what pyproject.toml asks for.
	$(IN_VENV) pip install --quiet uv==$(UV_VERSION)
	$(VENV)/bin/uv pip compile $(UV_LOCK) -o requirements.txt pyproject.toml
	$(VENV)/bin/uv pip compile $(UV_LOCK) --extra test -c requirements.txt \
		-o requirements-dev.txt pyproject.toml

UV_LOCK = --quiet --no-config --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock" --python-version 3.11 --python-platform linux $(LOCK_FLAGS)

clean: ## Remove what can be made again; runs and data stay.
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	rm -rf tests/journeys/screenshots
	find . -name __pycache__ -type d -not -path './.git/*' -prune -exec rm -rf {} +

app-environment:
	@scripts/prepare_environment.sh $(VENV) requirements.txt

environment:
	@scripts/prepare_environment.sh $(VENV) requirements-dev.txt
