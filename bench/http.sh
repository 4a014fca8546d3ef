#!/bin/sh
# CPU per request of the bare http floor: a 2 kB answer on the I/O thread, by a worker, and with the headers of a page.
set -eu
cd "$(dirname "$0")/.."
out=build/bench && mkdir -p $out
gcc -std=gnu17 -D_GNU_SOURCE -Isrc -O2 -g -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fcf-protection=full \
	-ftrivial-auto-var-init=zero -fPIE -pie -o $out/http bench/http.c src/http/*.c src/base/arena.c src/base/base.c src/base/buf.c \
	src/base/err.c src/base/str.c -lmicrohttpd -lz -lpthread
$out/http >$out/http.log & pid=$!
trap 'kill $pid' EXIT
sleep 0.3
port=$(head -1 $out/http.log)
for path in inline handed headers; do
	wrk -t1 -c64 -d"${SECONDS_EACH:-3}" "http://127.0.0.1:$port/$path" | grep Requests/sec
	kill -USR1 $pid
	sleep 0.1
	echo "$path: $(tail -1 $out/http.log)"
done
