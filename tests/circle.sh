#!/bin/bash
# tests/circle.sh: a person's way in and out: invitation, letter, password, codes, a right that ends; the same through a provider of identity, and
# through a forged one. Real servers on loopback. Needs build/gcc-san/sitovka, or SITOVKA=/its/path.
set -eu
cd "$(dirname "$0")/circle"

# the tools of the lock file, once for each version of it
if ! cmp -s package-lock.json node_modules/.sitovka-lock; then
	npm ci --no-progress --no-audit --no-fund --loglevel=error >/dev/null
	cp package-lock.json node_modules/.sitovka-lock
fi
exec node run.mjs "$@"
