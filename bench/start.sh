#!/bin/bash
# bench/start.sh: cold start, memory when idle, memory with the whole region read.
# shellcheck source=bench/common.sh
. "$(dirname "$0")/common.sh"

demo_store
for _ in 1 2 3; do
	began=$(now)
	start_server
	curl -s -o /dev/null "$base/"
	awk -v a="$began" -v b="$(now)" 'BEGIN { printf "%.3f\n", b - a }' >>"$WORK/starts"
	stop_server
done
bar "cold start to the first answer" "$(median <"$WORK/starts")" 1 s

start_server
curl -s -o /dev/null "$base/"
sleep 1
bar "memory when idle" "$(awk -v k="$(rss_kb "$server_pid")" 'BEGIN { printf "%.1f", k / 1024 }')" 32 MB

# every page of the catalogue, one after another, and every service on them
next=/katalog pages=0
: >"$WORK/found"
while [ -n "$next" ]; do
	curl -s "$base$next" >"$WORK/page.html"
	grep -oE 'href="/katalog/sluzba/[^"]+"' "$WORK/page.html" >>"$WORK/found" || true
	next=$(grep -oE 'href="[^"]+" rel="next"' "$WORK/page.html" | sed -E 's/^href="//; s/" rel.*//; s/&amp;/\&/g' || true)
	pages=$((pages + 1))
done
sort -u "$WORK/found" | sed 's/^href="//; s/"$//' >"$WORK/services"
sed "s|^|url = $base|; s|\$|\noutput = /dev/null|" "$WORK/services" | curl -s -K -
line "pages of the catalogue and services read" "$pages + $(wc -l <"$WORK/services")" pages
bar "memory after the whole catalogue was read" "$(awk -v k="$(rss_kb "$server_pid")" 'BEGIN { printf "%.1f", k / 1024 }')" 256 MB
stop_server
exit "$missed"
