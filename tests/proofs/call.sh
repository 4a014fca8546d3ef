#!/bin/bash
# tests/proofs/call.sh: one call from its announcement to the mandate, each step by the role that does it, in the system's Chromium; the clock of the program
# is set by libfaketime. Pictures of the acts: build/call. Needs $SITOVKA or build/sitovka, faketime, node, chromium, python3-aiosmtpd.
set -eu
cd "$(dirname "$0")/../e2e"

# the tools of the lock file, once for each version of it
if ! cmp -s package-lock.json node_modules/.sitovka-lock; then
	npm ci --no-progress --loglevel=error >/dev/null
	cp package-lock.json node_modules/.sitovka-lock
fi
exec node ../call/run.mjs
