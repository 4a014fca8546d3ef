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

# every page of the catalogue, and every service on it
for page in $(seq 1 60); do
	curl -s "$base/katalog?strana=$page" >"$WORK/page.html"
	grep -oE 'href="/katalog/sluzba/[^"]+"' "$WORK/page.html" | sed 's/^href="//; s/"$//' >"$WORK/found" || true
	[ -s "$WORK/found" ] || break
	sort -u "$WORK/found" | sed "s|^|url = $base|; s|\$|\noutput = /dev/null|" | curl -s -K -
done
bar "memory after the whole catalogue was read" "$(awk -v k="$(rss_kb "$server_pid")" 'BEGIN { printf "%.1f", k / 1024 }')" 256 MB
stop_server
exit "$missed"
