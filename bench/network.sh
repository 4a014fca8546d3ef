#!/bin/bash
# bench/network.sh: a network of 500 places with 100,000 dated changes, read as of random days and as known at random instants, and compared; a workbook of it.
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
bar "a workbook of 10,000 lines of the network judged ($(awk '/^judged/ { print $5 + 0 }' "$WORK/said") columns), processor time" "$(awk '/^judged/ { print $2 }' "$WORK/said")" 2 s
# ---- pages: varied addresses, none of them kept in memory ----
start_server
random_days >"$WORK/days"
network="sit=temporary"
curl -fs "$base/sit?$network" | grep -oE '/sit/sluzba/[0-9]+' | sort -u >"$WORK/services"
load_average
each_page "/sit as of any two days" 20 < <(awk -v n="$network" '{ print "/sit?" n "&ke-dni=" $1 "&znalost=" $2 }' "$WORK/days")
each_page "/sit, pages of the list and maps" 20 < <(awk -v n="$network" '{ print "/sit?" n "&ke-dni=" $1 "&strana=" 1 + NR % 9 "&mapa=uvazky" }' "$WORK/days")
each_page "/sit/rozdil of any two" 50 < <(awk -v n="$network" '{ print "/sit/rozdil?" n "&drive=" $1 "&pozdeji=" $2 "&pozdeji-znalost=" $3 }' "$WORK/days")
each_page "/sit/sluzba of a line with two hundred changes" 20 < <(awk 'NR == FNR { day[NR] = $1; n = NR; next } { print $0 "?ke-dni=" day[1 + FNR % n] }' "$WORK/days" "$WORK/services")
each_page "/sit/zmeny of a year" 20 < <(seq 2020 2025 | awk -v n="$network" '{ print "/sit/zmeny?" n "&rok=" $1 }')
stop_server
exit "$missed"
