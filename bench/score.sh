#!/bin/bash
# bench/score.sh: 500 applications scored by the rule set of their call, each read from the store, with the trees of points and level written.
# shellcheck source=bench/common.sh
. "$(dirname "$0")/common.sh"

make --no-print-directory -s -j"$(nproc)" build/gcc-release/bench-score
demo_store
load_average
build/gcc-release/bench-score "$WORK/sitovka.db" "${APPLICATIONS:-500}" >"$WORK/said"
line "applications of the sample, in turn" "$(awk '/^scored/ { print $3 }' "$WORK/said")" applications
line "steps in their trees, together" "$(awk '/^scored/ { print $4 }' "$WORK/said")" steps
bar "${APPLICATIONS:-500} applications scored with trees: processor time" "$(awk '/^scored/ { print $2 }' "$WORK/said")" 1000 ms
exit "$missed"
