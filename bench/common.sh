# shellcheck shell=bash disable=SC2034  # what is set here is read by the parts
# bench/common.sh: what the parts of the benchmark share.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8

SITOVKA=${SITOVKA:-$PWD/build/sitovka}
WORK=${WORK:-$(mktemp -d /tmp/sitovka-bench-XXXXXX)}
ROUNDS=${ROUNDS:-5} SECONDS_EACH=${SECONDS_EACH:-4} CONNECTIONS=${CONNECTIONS:-64} SIZE=${SIZE:-S}
missed=0
server_pid=""

clean_up() {
	[ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null || true
	[ -z "${nginx_pid:-}" ] || kill "$nginx_pid" 2>/dev/null || true
	rm -rf "$WORK"
}
trap clean_up EXIT

# bar NAME VALUE LIMIT UNIT: one line of the result
bar() {
	local verdict=ok
	awk -v v="$2" -v l="$3" 'BEGIN { exit !(v <= l) }' || { verdict=MISSED && missed=1; }
	printf '%-58s %10s  bar %8s %-4s %s\n' "$1" "$2" "$3" "$4" "$verdict"
}
# line NAME VALUE UNIT: the same without a bar
line() { printf '%-58s %10s  %17s\n' "$1" "$2" "$3"; }

divide() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b ? a / b : 0 }'; }
median() { sort -n | awk '{ x[NR] = $1 } END { print (NR % 2 ? x[(NR + 1) / 2] : (x[NR / 2] + x[NR / 2 + 1]) / 2) }'; }
now() { date +%s.%N; }

# processor time of a process and its children that still run, in microseconds
cpu_us() {
	local ticks
	ticks=$(getconf CLK_TCK)
	for pid in "$1" $(pgrep -P "$1" || true); do sed 's/^.*) //' "/proc/$pid/stat"; done |
		awk -v t="$ticks" '{ s += $12 + $13 } END { printf "%.0f", s * 1000000 / t }'
}
rss_kb() { awk '/^VmRSS/ { print $2 }' "/proc/$1/status"; }

demo_store() {
	[ -e "$WORK/sitovka.db" ] || "$SITOVKA" demo --db "$WORK/sitovka.db" --size "$SIZE" >"$WORK/demo.log"
}

# start the program on a free port: sets server_pid and base
start_server() {
	"$SITOVKA" serve --db "$WORK/sitovka.db" --listen 127.0.0.1:0 >"$WORK/serve.log" 2>&1 &
	server_pid=$!
	base=""
	for _ in $(seq 2000); do
		base=$(grep -oE 'http://127\.0\.0\.1:[0-9]+' "$WORK/serve.log" | head -n 1) && [ -n "$base" ] && break
		kill -0 "$server_pid" 2>/dev/null || { cat "$WORK/serve.log" >&2 && exit 1; }
		sleep 0.005
	done
	[ -n "$base" ] || { echo "the server does not listen" >&2 && exit 1; }
}
stop_server() {
	kill "$server_pid"
	wait "$server_pid" || true
	server_pid=""
}
