#!/bin/bash
# bench/network.sh: a network of 500 places with 100,000 dated changes, read as of random days and as known at random instants, and compared.
# shellcheck source=bench/common.sh
. "$(dirname "$0")/common.sh"

make --no-print-directory -s -j"$(nproc)" build/gcc-release/bench-network
demo_store
load_average
build/gcc-release/bench-network "$WORK/sitovka.db" "${CHANGES:-100000}" >"$WORK/said"
p95() { grep "^$1 " "$WORK/said" | cut -d' ' -f2 | sort -n | awk '{ x[NR] = $1 } END { printf "%.1f", x[int(NR * 0.95 + 0.5)] }'; }
line "writing the changes, processor time" "$(awk '/^written/ { print $2 }' "$WORK/said")" s
bar "the network as of any two times: p95 of processor time" "$(p95 as-of)" 20 ms
bar "difference of two versions of 500 places: p95 of processor time" "$(p95 diff)" 50 ms
exit "$missed"
