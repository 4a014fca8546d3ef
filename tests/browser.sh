#!/bin/bash
# tests/browser.sh [--all] [part of an address …]: pages in a browser, their accessibility and their HTML. Needs build/gcc-san/sitovka.
set -eu
cd "$(dirname "$0")/e2e"

# the tools of the lock file, once for each version of it
if ! cmp -s package-lock.json node_modules/.sitovka-lock; then
	npm ci --no-progress --loglevel=error >/dev/null
	cp package-lock.json node_modules/.sitovka-lock
fi
exec node run.mjs "$@"
