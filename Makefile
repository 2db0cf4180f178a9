# make run    build and fetch everything that is missing and serve on http://127.0.0.1:8080
# make test   everything that CI does
# make check  formatting, lints and types only

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PAGES := kiosk/dist/terminal.html
PAGE_SOURCES := $(shell find kiosk/src -type f -not -name '*.test.ts' \
		-not -name 'auto-imports.d.ts' 2>/dev/null) \
	kiosk/terminal.html kiosk/desk.html kiosk/vite.config.ts kiosk/package-lock.json
NODE_MODULES := kiosk/node_modules/.package-lock.json
NPM := tests/tools.sh npm

.PHONY: help run test check pages regenerate tools test-tools rust-check kiosk-check \
	rust-test kiosk-test browser-test bench

help:
	@sed -n '1,3s/^# //p' Makefile

run: tools $(PAGES)
	cargo build --release
	target/release/linli models fetch --speech || true
	target/release/linli serve $(ARGS)

test: test-tools check rust-test kiosk-test browser-test

check: rust-check kiosk-check

pages: tools $(PAGES)

# System packages, when something is missing.
tools:
	@tests/tools.sh build

test-tools:
	@tests/tools.sh test

$(NODE_MODULES): kiosk/package.json kiosk/package-lock.json
	$(NPM) --prefix kiosk ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGES): $(NODE_MODULES) $(PAGE_SOURCES)
	$(NPM) --prefix kiosk run build
	@touch $@

rust-check: $(PAGES)
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	cargo check --no-default-features

kiosk-check: $(NODE_MODULES)
	$(NPM) --prefix kiosk run generate -- --check
	$(NPM) --prefix kiosk run typecheck
	$(NPM) --prefix kiosk run lint

# The store's suite runs on SQLite and on a throw-away PostgreSQL.
rust-test: $(PAGES)
	tests/postgres.sh cargo test

kiosk-test: $(NODE_MODULES)
	$(NPM) --prefix kiosk test

# The pages in a real browser against a really launched server.
browser-test: $(PAGES)
	cargo build
	tests/browser.sh

# Schemas and types that are made from the Rust types.
regenerate: $(NODE_MODULES)
	LINLI_REGENERATE=1 cargo test --test it contract
	$(NPM) --prefix kiosk run generate

bench:
	cargo bench

# The README's pictures, out of the browser tests.
.PHONY: screenshots
screenshots: browser-test
	mkdir -p kiosk/screenshots
	cd kiosk/test-results && cp terminal-answer.png terminal-idle.png desk-waiting.png \
		console-goal.png console-candidate.png terminal-speaking.png \
		console-voices.png ../screenshots/
