#!/bin/bash
# bench/run.sh [http] [import] [start]: measures and compares with the bars. See bench/README.md.
set -eu
cd "$(dirname "$0")/.."
tools/packages.sh build check
make --no-print-directory -s -j"$(nproc)" build/sitovka
[ $# -gt 0 ] || set -- start http import
status=0
for part in "$@"; do
	echo "== $part"
	timeout 600 "bench/$part.sh" || status=1
done
exit $status
