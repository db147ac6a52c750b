# Chengyun's commands. Each may be repeated: what is already done is skipped. Logs are in .run/log.

SHELL := bash
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run test fuzz walk lint bench torture overload assets build clean

# What `make run` starts: the demonstration town is made on first use in that folder.
CHENGYUN := .build/release/chengyun
SERVE := $(CHENGYUN) serve --demo --database sqlite:.run/town/chengyun.sqlite

help: ## Show these lines.
	@grep -E '^[a-z]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 14

run: build ## Make the demonstration town on first use and serve it at http://127.0.0.1:8080.
	@scripts/packages run
	@exec $(SERVE)

build: ## Build the release executable, with charts and maps inside.
	@scripts/packages build
	@scripts/assets
	@scripts/build-release

test: ## Check everything, as CI does; the last line is a plain yes or no.
	@scripts/test

fuzz: ## Try every reader of files with made-up inputs for ten minutes; MINUTES and SEED may be given.
	@scripts/packages build
	@scripts/fuzz $(or $(MINUTES),10) $(SEED)

walk: ## Make 100,000 random moves on each engine and compare where they end (an hour); MOVES may be given.
	@scripts/packages build
	@scripts/walk $(MOVES)

lint: ## Check the form of the Swift files and of the scripts.
	@scripts/lint

bench: build ## Measure the release executable.
	@scripts/packages bench
	@scripts/bench

torture: build ## Kill servers while clients write, and look for all that was acknowledged (half an hour).
	@scripts/packages torture
	@Tests/Torture/run

overload: build ## Offer the release executable ten times what it can do, and look for what it acknowledged.
	@scripts/packages torture
	@Benchmarks/overload.py
	@Benchmarks/overload.py --postgres

assets: ## Fetch charts and maps into .assets; pages work without them too.
	@scripts/packages build
	@scripts/assets --again

clean: ## Remove all that was built or made here, the demonstration town too.
	rm -rf .build .assets .venv .run
