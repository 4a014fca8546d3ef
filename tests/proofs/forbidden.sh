#!/bin/bash
# tests/proofs/forbidden.sh: what a taken-over process would try fails from inside web and convert, and their work goes on. Needs
# build/gcc-release/proof-forbidden: the walls of the release, which no sanitizer has opened.
set -u
cd "$(dirname "$0")/../.." || exit 1
scratch=$(mktemp -d "${TMPDIR:-/tmp}/sitovka-forbidden-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
build/gcc-release/proof-forbidden "$scratch"
