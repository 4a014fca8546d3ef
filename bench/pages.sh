#!/bin/bash
# bench/pages.sh: pages of the catalogue beside nginx that sends the same bytes as files.
SIZE=${SIZE:-L}
# shellcheck source=bench/common.sh
. "$(dirname "$0")/common.sh"

ADDRESSES=${ADDRESSES:-12000} SAMPLE=${SAMPLE:-2000}

demo_store
start_server
load_average

# the addresses; the pages of the first ones are what nginx will send
: >"$WORK/varied"
combinations 7 $((ADDRESSES * 2)) | split -l $((SAMPLE * 2)) - "$WORK/combinations-"
for part in "$WORK"/combinations-*; do
	if [ ! -d "$WORK/root" ]; then
		full_pages "$part" "$WORK/varied" "$WORK/root"
		head -n "$SAMPLE" "$WORK/root/full" | sed 's|.*|/&.html|' >"$WORK/files"
	elif [ "$(wc -l <"$WORK/varied")" -lt "$ADDRESSES" ]; then
		full_pages "$part" "$WORK/varied" "$WORK/pages"
		rm -r "$WORK/pages"
	fi
done
line "different addresses of pages with 25 services" "$(wc -l <"$WORK/varied")" addresses
line "files that nginx sends: the pages of the first ones" "$(wc -l <"$WORK/files")" files

# one service, and one page of the list, as files too
all_services >"$WORK/services"
line "services" "$(wc -l <"$WORK/services")" services
mkdir "$WORK/root/service"
head -n "$SAMPLE" "$WORK/services" | awk -v base="$base" -v dir="$WORK/root/service" \
	'{ printf "url = \"%s%s\"\noutput = \"%s/%d.html\"\n", base, $0, dir, NR }' | curl -s -K -
seq -f '/service/%.0f.html' "$SAMPLE" | head -n "$(wc -l <"$WORK/services")" >"$WORK/service-files"
one=$(head -n 1 "$WORK/varied")
echo "$one" >"$WORK/one"
head -n 1 "$WORK/files" >"$WORK/one-file"
curl -s -D "$WORK/headers" -o /dev/null "$base$one"
start_nginx "$WORK/root" "$WORK/headers"
stop_server

# compare NAME ADDRESSES FILES: alternating rounds. Writes costs, rates and their ratios, one line a round, and leaves sums in variables.
compare() {
	local from=0 asked=0
	rm -f "$WORK/cost" "$WORK/cost-ratio" "$WORK/rate-ratio"
	start_server
	for _ in $(seq "$ROUNDS"); do
		WRK_AGAIN="" weighed "$nginx_pid" "$rival" "$3"
		local nginx_cost=$cost nginx_rate=$rate nginx_bytes=$bytes
		WRK_FROM=$from weighed "$server_pid" "$base" "$2"
		from=$((from + requests)) asked=$((asked + requests))
		echo "$cost" >>"$WORK/cost"
		divide "$cost" "$nginx_cost" >>"$WORK/cost-ratio" && echo >>"$WORK/cost-ratio"
		divide "$rate" "$nginx_rate" >>"$WORK/rate-ratio" && echo >>"$WORK/rate-ratio"
		printf '    %-12s %7s us  %7s/s  %6s bytes      nginx %6s us  %7s/s  %6s bytes\n' "$1" "$cost" "$rate" "$bytes" \
			"$nginx_cost" "$nginx_rate" "$nginx_bytes"
	done
	stop_server
	requests=$asked
}

compare varied "$WORK/varied" "$WORK/files"
line "requests for $(wc -l <"$WORK/varied") addresses, one after another" "$requests" requests
bar "list, nothing cached: processor time against nginx" "$(median <"$WORK/cost-ratio")" 15 x
line "list, nothing cached: processor time" "$(median <"$WORK/cost")" us
start_server
at_half "list, nothing cached" "$base" "$WORK/varied" p99 10
stop_server

compare same "$WORK/one" "$WORK/one-file"
bar_least "list, kept: rate against nginx" "$(median <"$WORK/rate-ratio")" 0.5 x

WRK_AGAIN=strana compare service "$WORK/services" "$WORK/service-files"
bar "service, nothing cached: processor time" "$(median <"$WORK/cost")" 150 us
line "service, nothing cached: against nginx" "$(median <"$WORK/cost-ratio")" x
load_average
exit "$missed"
