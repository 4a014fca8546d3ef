#!/bin/bash
# bench/xl.sh: the same program with 200,000 services, 4,000 of them in the network. Making them takes two minutes and 1.3 GB of disk.
SIZE=XL
# shellcheck source=bench/common.sh
. "$(dirname "$0")/common.sh"

demo_store
began=$(now)
start_server
curl -s -o "$WORK/first" "$base/katalog"
line "start to the first page of the catalogue" "$(awk -v a="$began" -v b="$(now)" 'BEGIN { printf "%.2f", b - a }')" s
line "memory with the catalogue in it" "$(rss_mb "$server_pid")" MB
load_average

# no page of these comes from memory: there are more of them than places to keep
combinations 7 6000 | sed 's/q=[^&]*&*//; s/?$//' | sort -u |
	awk 'BEGIN { n = split("37 39 40 44 46 48 49 50 57 65 66 69 70", kind, " ") }
		{ print; for (i = 1; i <= n; i++) print $0 ($0 ~ /\?/ ? "&" : "?") "druh=" kind[i] }' >"$WORK/lists"
combinations 11 6000 | sed 's/&.*//' | sort -u >"$WORK/one-word"
awk 'NR == FNR { word[NR] = $0; n = NR; next } { sub(/\/katalog\?q=/, ""); if (n) print word[1 + FNR % n] "%20" $0 }' \
	"$WORK/one-word" <(combinations 13 6000 | sed 's/&/\&/') >"$WORK/searches"
all_services >"$WORK/services"
at_half "lists by filters and orders ($(wc -l <"$WORK/lists") addresses)" "$base" "$WORK/lists" p95 50
at_half "searches by words ($(wc -l <"$WORK/searches") addresses)" "$base" "$WORK/searches" p95 50
WRK_AGAIN=strana at_half "services ($(wc -l <"$WORK/services") addresses)" "$base" "$WORK/services" p95 50

# the network of thousands of lines, one page after another: its processor time
random_days >"$WORK/days"
curl -fs "$base/sit.csv" | wc -l | xargs -I N printf '%-64s %10s  %20s\n' "lines of the network today" N lines
each_page "/sit of thousands of lines, as of any two days" 50 < <(awk '{ print "/sit?ke-dni=" $1 "&znalost=" $2 }' "$WORK/days")
each_page "/sit, pages of the list and maps" 50 < <(awk '{ print "/sit?ke-dni=" $1 "&strana=" 1 + NR % 60 "&mapa=uvazky" }' "$WORK/days")
each_page "/sit/rozdil of any two days" 100 < <(awk '{ print "/sit/rozdil?drive=" $1 "&pozdeji=" $2 "&pozdeji-znalost=" $3 }' "$WORK/days")

# files with every service; the first one warms up the store's own cache
export_file() { curl -s -b "$WORK/jar" -o "$WORK/export" "$base/app/$1"; }
sign_in sit
export_file sluzby.csv
export_file sluzby.csv
bar "memory taken by a CSV of all services, by name" "$(growth_mb "$server_pid" export_file sluzby.csv)" 64 MB
line "its size" "$(($(stat -c %s "$WORK/export") / 1000000))" MB
bar "the same ordered by a column without an index" "$(growth_mb "$server_pid" export_file 'sluzby.csv?radit=kind')" 64 MB
bar "the same as XLSX, descending" "$(growth_mb "$server_pid" export_file 'sluzby.xlsx?radit=kind&smer=dolu')" 64 MB
line "memory after all that" "$(rss_mb "$server_pid")" MB
stop_server
load_average
exit "$missed"
