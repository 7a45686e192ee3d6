# bottega: every task is one command, and each installs what it needs first (tools/setup).
# `make help` lists them. CMake and Ninja do the building; this file only calls them.

BUILD      ?= build
DEMO       ?= fruit
PREFIX     ?= /usr/local
DESTDIR    ?=
FUZZ_SECONDS ?= 60
CMAKE_ARGS ?=
JOBS       ?= $(shell tools/jobs)

CONFIGURE = cmake -G Ninja $(CMAKE_ARGS)
NINJA     = ninja -j $(JOBS)

.DEFAULT_GOAL := build
.PHONY: build demo tests test test-real test-planted test-interop test-browser test-asan test-tsan fuzz bench \
        lint format claims install clean help setup

setup:
	@tools/setup build

$(BUILD)/build.ninja: | setup
	@$(CONFIGURE) -S . -B $(BUILD) >$(BUILD).log 2>&1 || { cat $(BUILD).log; exit 1; }
	@mv $(BUILD).log $(BUILD)/configure.log

## build         build/bottega and build/bottega-engine (the default)
build: setup $(BUILD)/build.ninja
	@$(NINJA) -C $(BUILD) programs
	@echo "built $(BUILD)/bottega ($$($(BUILD)/bottega --version 2>/dev/null | head -n 1))"

## demo          the whole journey on built-in data; DEMO=loans for a table
demo: build
	@$(BUILD)/bottega demo $(DEMO)

tests: build
	@$(NINJA) -C $(BUILD) tests

## test          everything that needs no GPU, no network and no file outside the repository
test: tests
	@tools/run_tests --build $(BUILD) test

## test-real     the real data sets in $$BOTTEGA_DATA (default ../shared/data)
test-real: build
	@tools/setup peers
	@tools/run_tests --build $(BUILD) real

## test-planted  recall and precision of every check on defects planted with a new seed
test-planted: build
	@BOTTEGA_BUILD=$(BUILD) python3 test/house/planted_defects.py

## claims        what techniques promise, measured over ten seeds (bench/claims.py)
claims: build
	@python3 bench/claims.py --build $(BUILD)

## test-interop  what we write, opened with the tools that users have
test-interop: build
	@tools/setup interop
	@tools/run_tests --build $(BUILD) interop

## test-browser  every page in headless Chromium
test-browser: build
	@tools/setup browser
	@tools/run_tests --build $(BUILD) browser

## test-asan     torch-free tests under AddressSanitizer and UBSan
test-asan: setup
	@$(CONFIGURE) -S . -B build-asan -DBOTTEGA_ENGINE=OFF -DCMAKE_BUILD_TYPE=RelWithDebInfo \
	  -DBOTTEGA_SANITIZE=address,undefined >/dev/null
	@$(NINJA) -C build-asan tests
	@tools/run_tests --build build-asan sanitizer

## test-tsan     torch-free tests under ThreadSanitizer
test-tsan: setup
	@$(CONFIGURE) -S . -B build-tsan -DBOTTEGA_ENGINE=OFF -DCMAKE_BUILD_TYPE=RelWithDebInfo \
	  -DBOTTEGA_SANITIZE=thread >/dev/null
	@$(NINJA) -C build-tsan tests
	@tools/run_tests --build build-tsan sanitizer

## fuzz          libFuzzer programs, FUZZ_SECONDS (60) each
fuzz: setup
	@tools/setup fuzz
	@CC=clang-19 CXX=clang++-19 $(CONFIGURE) -S . -B build-fuzz -DBOTTEGA_ENGINE=OFF \
	  -DBOTTEGA_TESTS=OFF -DBOTTEGA_FUZZ=ON -DCMAKE_BUILD_TYPE=RelWithDebInfo >/dev/null
	@$(NINJA) -C build-fuzz fuzzers
	@tools/run_fuzzers --build build-fuzz --seconds $(FUZZ_SECONDS)

## bench         each benchmark beside its Python peer, as CSV: name, ours, theirs, ratio
bench: setup
	@tools/setup interop peers
	@$(CONFIGURE) -S . -B $(BUILD) -DBOTTEGA_BENCH=ON >/dev/null
	@$(NINJA) -C $(BUILD) programs benchmarks
	@tools/run_benchmarks --build $(BUILD)

## lint          formatting (clang-format-19), layers, scripts
lint: setup
	@tools/setup lint
	@tools/lint

## format        formats every source file in place
format:
	@tools/setup lint
	@tools/lint --fix

## install       into $$(DESTDIR)$$(PREFIX), with the shared libraries that it brings along
install: build
	@DESTDIR=$(DESTDIR) cmake --install $(BUILD) --prefix $(PREFIX) --strip >$(BUILD)/install.log || \
	  { cat $(BUILD)/install.log; exit 1; }
	@echo "installed $(DESTDIR)$(PREFIX)/bin/bottega"

## clean         removes what was built; .deps/ stays
clean:
	@rm -rf build build-asan build-tsan build-fuzz

## help          this list
help:
	@sed -n 's/^## //p' Makefile | sed 's/\$$\$$/$$/g'
