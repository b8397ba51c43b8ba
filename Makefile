# Everything a newcomer runs. `make` alone lists the targets; each says what it does and how long
# that took. Parts live in Scripts/, where they can be run by hand.

SHELL := /bin/bash
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

# Where SwiftPM builds, what it is told beyond that, and how release programs are linked: with
# Swift's own libraries inside, so that they start faster and outlive the toolchain.
SCRATCH ?= .build
SWIFT_FLAGS ?=
RELEASE_FLAGS ?= --static-swift-stdlib
PREFIX ?= /usr/local
# The modules that `import Hone` brings, for the documentation.
DOCUMENTED ?= Hone HoneAssembly HoneConfiguration HoneData HoneDiagnosis HoneImprove HoneMetrics \
  HoneModels HoneNN HoneNumerics HoneOptim HoneRecords HoneReport HoneStore HoneTensor HoneText \
  HoneTrain

swift = swift $(1) --scratch-path $(SCRATCH) $(SWIFT_FLAGS)
release = $(SCRATCH)/release
plotly = $${HONE_PLOTLY:-$${XDG_CACHE_HOME:-$$HOME/.cache}/hone/share/plotly.min.js}

.PHONY: help bootstrap build demo test lint format bench count prove docs install clean

help: ## List the targets
	@echo "make TARGET, where TARGET is one of:"
	@sed -nE 's/^([a-z]+):[^\#]*\#\# (.*)/  \1|\2/p' Makefile | \
	  while IFS='|' read -r name text; do printf '%-12s %s\n' "$$name" "$$text"; done

bootstrap: ## Install what is missing: system packages, libtorch, Plotly.js
	@Scripts/bootstrap

build: bootstrap ## Build hone and hone-engine for release, into .build/release
	@Scripts/step "release build of hone" \
	  $(call swift,build) -c release $(RELEASE_FLAGS) --product hone
	@Scripts/step "release build of hone-engine" \
	  $(call swift,build) -c release $(RELEASE_FLAGS) --product hone-engine
	@if [ -e "$(plotly)" ]; then \
	  mkdir -p $(release)/../share/hone && cp "$(plotly)" $(release)/../share/hone/plotly.min.js; \
	fi

demo: build ## Improve a model on the bundled digits, within two minutes, with a report
	@$(release)/hone demo

test: bootstrap ## Run all tests, once, in a debug build
	@Scripts/step "debug build with tests" env HONE_CASES=1 $(call swift,build) --build-tests
	@Scripts/step "tests" $(call swift,test) --skip-build --disable-xctest
	@Scripts/step "tests of the set-up" Scripts/test-bootstrap
	@Scripts/step "generated files are current" Scripts/check-generated

lint: ## Check the form of sources and scripts
	@Scripts/step "lint" Scripts/lint

format: ## Format the Swift sources
	@Scripts/step "format" Scripts/lint --fix

bench: | Benchmarks/run build ## Measure against the same work in Python PyTorch
	@HONE_PYTHON="$$(Scripts/torch-python peers || Scripts/torch-python torch)" && export HONE_PYTHON && \
	  Scripts/step "benchmarks" Benchmarks/run && \
	  Scripts/step "search beside Optuna" Scripts/prove search-digits search-workers

count: bootstrap ## Count the instructions of hot paths and compare them with the table
	@Scripts/step "instructions of hot paths" Scripts/instructions

prove: | Scripts/prove build ## Long acceptance runs on real data
	@Scripts/step "long acceptance runs" Scripts/prove

docs: bootstrap ## Write the library's documentation into docs/
	@Scripts/step "documentation" swift package --scratch-path $(SCRATCH) $(SWIFT_FLAGS) \
	  --allow-writing-to-directory docs generate-documentation \
	  --enable-experimental-combined-documentation $(addprefix --target ,$(DOCUMENTED)) \
	  --output-path docs --transform-for-static-hosting --warnings-as-errors

install: ## Copy the release build to PREFIX (/usr/local)
	@Scripts/step "install into $(PREFIX)" Scripts/install "$(PREFIX)" "$(release)"

# A part that this copy of the sources does not have is missed by name, before anything is built.
Benchmarks/run Scripts/prove:
	@echo "make: this needs $@, which is not there" >&2; exit 1

clean: ## Remove what was built; what bootstrap installed stays
	@rm -rf $(SCRATCH) docs
	@echo "removed $(SCRATCH) and docs"
