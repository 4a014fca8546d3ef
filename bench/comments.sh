#!/bin/bash
# bench/comments.sh: the table of answers of a period with 2,000 comments, and the first page of a chapter with 500 and more of them.
# shellcheck source=bench/common.sh
. "$(dirname "$0")/common.sh"

COMMENTS=${COMMENTS:-2000}
make --no-print-directory -s -j"$(nproc)" build/gcc-release/bench-comments
demo_store
began=$(now)
period=$(build/gcc-release/bench-comments "$WORK/sitovka.db" "$COMMENTS")
line "comments recorded, answered, decided and published" "$(awk -v n="$COMMENTS" -v a="$began" -v b="$(now)" 'BEGIN { printf "%.0f", n / (b - a) }')" "a second"
start_server
load_average
table="$base/pripominky/$period/vyporadani"
chapter=$(curl -fs "$table.csv" | awk -F';' 'NR > 1 { print $3 }' | tr -d '"' | sort | uniq -c | sort -rn | sed -nE '1s/^ *([0-9]+) (.*)$/\2/p')
for _ in $(seq "$ROUNDS"); do
	before=$(cpu_us "$server_pid")
	curl -fs "$table.xlsx" -o "$WORK/table.xlsx"
	after=$(cpu_us "$server_pid")
	awk -v a="$before" -v b="$after" 'BEGIN { printf "%.3f\n", (b - a) / 1000000 }' >>"$WORK/table"
	before=$(cpu_us "$server_pid")
	for _ in $(seq 10); do curl -fs -G --data-urlencode "kapitola=$chapter" "$table" -o "$WORK/page.html"; done
	after=$(cpu_us "$server_pid")
	awk -v a="$before" -v b="$after" 'BEGIN { printf "%.2f\n", (b - a) / 10000 }' >>"$WORK/page"
done
rows=$(grep -oE '<caption id="vyporadani">[^<]*' "$WORK/page.html" | sed 's/.*>//')
echo "    chapter $chapter: $rows"
bar "table of $COMMENTS answers as XLSX, server CPU" "$(median <"$WORK/table")" 2 s
bar "first 100 of the chapter, server CPU" "$(median <"$WORK/page")" 20 ms
bar "weight of that page, gzip" "$(gzip -9 <"$WORK/page.html" | wc -c | awk '{ printf "%.1f", $1 / 1024 }')" 30 kB
exit "$missed"
