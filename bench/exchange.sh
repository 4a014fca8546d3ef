#!/bin/bash
# bench/exchange.sh: a workbook of 10,000 rows and 30 columns is read, each cell judged, and given back with its errors marked.
# shellcheck source=bench/common.sh
. "$(dirname "$0")/common.sh"

make --no-print-directory -s -j"$(nproc)" build/gcc-release/bench-exchange
load_average
for _ in $(seq "$ROUNDS"); do
	rm -rf "$WORK/store" && mkdir -p "$WORK/store/files"
	"$SITOVKA" init --db "$WORK/store/sitovka.db" >/dev/null
	build/gcc-release/bench-exchange "$WORK/store/sitovka.db" "$WORK/store/files" "${ROWS:-10000}" >"$WORK/said"
	awk '/^judged|^marked/ { s += $2; c += $3 } END { print s, c }' "$WORK/said" >>"$WORK/times"
done
sed 's/^/    /' "$WORK/said"
bar "10,000 x 30 cells in, errors marked" "$(cut -d' ' -f1 "$WORK/times" | median)" 2 s
line "processor time of that" "$(cut -d' ' -f2 "$WORK/times" | median)" s
exit "$missed"
