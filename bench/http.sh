#!/bin/bash
# bench/http.sh: processor time of a request at the bare http floor: a 2 kB answer on the I/O thread, by a worker, and with the headers of a page.
# shellcheck source=bench/common.sh
. "$(dirname "$0")/common.sh"

make --no-print-directory -s -j"$(nproc)" build/gcc-release/bench-http
build/gcc-release/bench-http >"$WORK/http.log" & server_pid=$!
until [ -s "$WORK/http.log" ]; do sleep 0.05; done
port=$(head -n 1 "$WORK/http.log")
for path in inline handed headers; do
	wrk -t1 -c"$CONNECTIONS" -d"${SECONDS_EACH}s" "http://127.0.0.1:$port/$path" >"$WORK/wrk.log"
	kill -USR1 "$server_pid"
	sleep 0.2
	line "an answer of 2 kB, $path ($(awk '/^Requests/ { print $2 }' "$WORK/wrk.log") a second)" "$(tail -n 1 "$WORK/http.log" | sed -E 's/.*, ([0-9.]+) us.*/\1/')" us
done
stop_server
