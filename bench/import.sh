#!/bin/bash
# bench/import.sh [FILE]: importing the national register, twice. Without FILE one of real size is made.
# shellcheck source=bench/common.sh
. "$(dirname "$0")/common.sh"

file=${1:-$WORK/rpss.json}
"$SITOVKA" init --db "$WORK/sitovka.db"
"$SITOVKA" import territory --builtin --all --db "$WORK/sitovka.db" >/dev/null
if [ ! -e "$file" ]; then
	"$SITOVKA" generate register L --seed 7 --db "$WORK/sitovka.db" >"$file"
fi
line "file" "$(($(stat -c %s "$file") / 1000000))" "MB"

# measured NAME: runs the import; sets cpu (seconds) and rss (MB)
measured() {
	/usr/bin/time -v -o "$WORK/time" "$SITOVKA" import register "$file" --accept-all --db "$WORK/sitovka.db" >"$WORK/import-$1.log"
	cpu=$(awk -F': ' '/User time|System time/ { s += $2 } END { printf "%.2f", s }' "$WORK/time")
	rss=$(awk -F': ' '/Maximum resident/ { printf "%.1f", $2 / 1024 }' "$WORK/time")
}

measured first
bar "processor time of the first import" "$cpu" 5 s
bar "memory of the first import" "$rss" 128 MB
sed 's/^/    /' "$WORK/import-first.log" | tail -n 5
measured second
line "processor time of the second import" "$cpu" s
bar "memory of the second import" "$rss" 128 MB
echo "    the second import says (it must have changed nothing):"
sed 's/^/    /' "$WORK/import-second.log" | tail -n 5
exit "$missed"
