#!/bin/bash
# bench/run.sh [PART]…: measures and compares with the bars. See bench/README.md.
set -eu
cd "$(dirname "$0")/.."
tools/packages.sh build test check
make --no-print-directory -s -j"$(nproc)" build/sitovka
[ $# -gt 0 ] || set -- start pages import exchange print trail comments plan network score http xl
status=0
for part in "$@"; do
	echo "== $part"
	timeout 1200 "bench/$part.sh" || status=1
done
exit $status
