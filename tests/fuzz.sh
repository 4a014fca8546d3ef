#!/bin/bash
# tests/fuzz.sh [SECONDS] [TARGET…]: fuzz each parser for a while (60 s). What breaks one is left in build/fuzz/TARGET-*;
# copy it to tests/fuzz/corpus/TARGET/ with the correction. Inputs that reach something new grow build/fuzz/TARGET/.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
shift || true
# shellcheck disable=SC2046  # a list of words
[ $# -gt 0 ] || set -- $(basename -s .c tests/fuzz/*.c)
tools/packages.sh build check

status=0
for target in "$@"; do
	make --no-print-directory -s MODE=fuzz -j"$(nproc)" "build/clang-fuzz/fuzz-$target"
	mkdir -p "build/fuzz/$target"
	echo "== $target, $seconds s"
	"build/clang-fuzz/fuzz-$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
		-artifact_prefix="build/fuzz/$target-" "build/fuzz/$target" "tests/fuzz/corpus/$target" || status=1
done
exit $status
