#!/bin/bash
# tests/proofs/robust.sh [short] [stuck|malformed|proxy|soak|overload]…: the release under bad treatment: a thousand stuck connections, 50,000 malformed
# requests directly and through nginx with the sample configuration, a million requests of all kinds, crowds beside somebody who writes. `short` does a
# tenth or less of each, in a minute. SITOVKA names the program. Needs build/gcc-release/proof-robust and nginx.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
program=${SITOVKA:-build/sitovka}
proof=build/gcc-release/proof-robust
connections=1000 seconds=25 broken=50000 many=1000000
if [ "${1:-}" = short ]; then
	shift
	connections=1000 seconds=5 broken=2500 many=40000
fi
[ $# -gt 0 ] || set -- stuck malformed proxy soak overload
scratch=$(mktemp -d "${TMPDIR:-/tmp}/sitovka-robust-XXXXXX")
chmod 755 "$scratch"
server="" proxy=""
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; [ -z "$proxy" ] || kill "$proxy" 2>/dev/null; rm -rf "$scratch"' EXIT
ulimit -n 8192

free_port() {
	local p=$((20000 + RANDOM % 20000))
	while (: <"/dev/tcp/127.0.0.1/$p") 2>/dev/null; do p=$((p + 1)); done
	echo "$p"
}
serve() {
	port=$(free_port)
	"$program" serve --db "$scratch/a.db" --listen "127.0.0.1:$port" --quiet "$@" >"$scratch/serve.log" 2>&1 &
	server=$!
	local i
	for ((i = 0; i < 150; i++)); do
		(: <"/dev/tcp/127.0.0.1/$port") 2>/dev/null && return 0
		sleep 0.1
	done
	cat "$scratch/serve.log"
	return 1
}
# not inside a check, whose shell is not the server's parent
stop() {
	kill "$server" && wait "$server"
	ended=$?
	server=""
}
ended_in_order() { [ "$ended" = 0 ] || { echo "the server ended with $ended" && tail -n 3 "$scratch/serve.log" && return 1; }; }
# PART WORDS…: figures go to figures.log
under() {
	local part=$1 status
	shift
	"$proof" "$part" "$port" "$server" "$@" >"$scratch/$part.log" 2>&1
	status=$?
	grep '^#' "$scratch/$part.log" >>"$scratch/figures.log"
	[ $status = 0 ] || cat "$scratch/$part.log"
	return $status
}
# the sample as it is shipped, with ports of its own and without TLS
start_nginx() {
	local plain
	front=$(free_port) plain=$(free_port)
	[ "$plain" != "$front" ] || plain=$((front + 1))
	{
		echo "daemon off; worker_processes 1; pid pid; error_log error.log; events { worker_connections 1024; }"
		echo "http { access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path a; uwsgi_temp_path b; scgi_temp_path c;"
		sed -E "/listen \[::\]/d; /^[[:space:]]*ssl_/d; s/listen 443 ssl http2/listen 127.0.0.1:$front/; s/listen 80/listen 127.0.0.1:$plain/; s/server 127.0.0.1:8080/server 127.0.0.1:$port/" deploy/nginx.conf.sample
		echo "}"
	} >"$scratch/nginx.conf"
	/usr/sbin/nginx -c "$scratch/nginx.conf" -p "$scratch" -e "$scratch/nginx.log" >/dev/null 2>&1 &
	proxy=$!
	local i
	for ((i = 0; i < 50; i++)); do
		(: <"/dev/tcp/127.0.0.1/$front") 2>/dev/null && return 0
		sleep 0.1
	done
	cat "$scratch/nginx.log"
	return 1
}
through_nginx() {
	start_nginx || return 1
	local status
	port=$front under malformed "$broken" 2 proxy
	status=$?
	kill "$proxy"
	wait "$proxy"
	proxy=""
	return $status
}

check "sample data are made" "$program" demo --size S --db "$scratch/a.db"
: >"$scratch/figures.log"
for part in "$@"; do
	case $part in
	proxy) serve --behind-proxy --proxy 127.0.0.1 --origin http://sitovka.example >"$scratch/trouble" ;;
	*) serve >"$scratch/trouble" ;;
	esac || { cat "$scratch/trouble"; }
	case $part in
	stuck) check "beside $connections stuck connections others are served within 100 ms (95 %)" under stuck "$connections" "$seconds" ;;
	malformed) check "$broken malformed requests get one answer at most, and no mistake of the server" under malformed "$broken" 1 ;;
	proxy) check "$broken malformed requests through nginx get 4xx only" through_nginx ;;
	soak) check "$many requests leave memory and descriptors as they were" under soak "$many" ;;
	overload) check "while crowds are told to come later, somebody who is signed in saves every form" under overload "$((seconds > 10 ? 15 : seconds))" ;;
	*) echo "no such part: $part" >&2 && exit 2 ;;
	esac
	stop
	check "the server was alive and ends in order" ended_in_order
done
cat "$scratch/figures.log"
finish
