#!/bin/bash
# tests/shots.sh [NAME…]: the pictures of the user guide, docs/img/*.png, from a fresh demo region.
set -eu
cd "$(dirname "$0")/.."
tools/packages.sh build test check
make --no-print-directory -j"$(nproc)" build/sitovka
cd tests/e2e
cmp -s package-lock.json node_modules/.sitovka-lock || { npm ci --no-progress --loglevel=error >/dev/null && cp package-lock.json node_modules/.sitovka-lock; }
SITOVKA=$PWD/../../build/sitovka exec node shots.mjs "$@"
