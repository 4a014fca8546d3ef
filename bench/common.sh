# shellcheck shell=bash disable=SC2034  # what is set here is read by the parts
# bench/common.sh: what the parts of the benchmark share.
set -eu
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export LC_ALL=C.UTF-8

SITOVKA=${SITOVKA:-$PWD/build/sitovka}
WORK=${WORK:-$(mktemp -d /tmp/sitovka-bench-XXXXXX)}
ROUNDS=${ROUNDS:-5} SECONDS_EACH=${SECONDS_EACH:-3} CONNECTIONS=${CONNECTIONS:-64} SIZE=${SIZE:-S}
missed=0
server_pid="" nginx_pid=""

clean_up() {
	[ -z "$server_pid" ] || kill "$server_pid" 2>/dev/null || true
	[ -z "$nginx_pid" ] || kill "$nginx_pid" 2>/dev/null || true
	wait
	rm -rf "$WORK"
}
trap clean_up EXIT

# bar NAME VALUE LIMIT UNIT: one line of the result; bar_least: the value must not be smaller
bar() { judged "$1" "$2" "<=" "$3" "$4"; }
bar_least() { judged "$1" "$2" ">=" "$3" "$4"; }
judged() {
	local verdict=ok
	awk -v v="$2" -v l="$4" -v how="$3" 'BEGIN { exit !(how == "<=" ? v <= l : v >= l) }' || { verdict=MISSED && missed=1; }
	printf '%-64s %10s  bar %s %8s %-4s %s\n' "$1" "$2" "$3" "$4" "$5" "$verdict"
}
# line NAME VALUE UNIT: the same without a bar
line() { printf '%-64s %10s  %20s\n' "$1" "$2" "$3"; }
load_average() { line "load average of the machine now" "$(cut -d' ' -f1 /proc/loadavg)" "$(nproc) cores"; }

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
# the same in nanoseconds, exact for threads that wait: for single requests
cpu_ns() {
	for pid in "$1" $(pgrep -P "$1" || true); do cat /proc/"$pid"/task/*/schedstat; done | awk '{ s += $1 } END { printf "%.0f", s }'
}
# each_page NAME BAR: addresses on standard input, one after another: the server's processor time for each, median and p95
each_page() {
	local address before
	: >"$WORK/each"
	while read -r address; do
		before=$(cpu_ns "$server_pid")
		curl -fs -b "$WORK/jar" -o /dev/null "$base$address" || { echo "$address has failed" >&2 && exit 1; }
		echo $((($(cpu_ns "$server_pid") - before) / 1000)) >>"$WORK/each"
	done
	sort -n "$WORK/each" | awk '{ x[NR] = $1 / 1000 } END { printf "%d, %.1f %.1f\n", NR, x[int(NR * 0.5 + 0.5)], x[int(NR * 0.95 + 0.5)] }' >"$WORK/p"
	line "$1: pages, median of processor time" "$(cut -d' ' -f1-2 "$WORK/p")" ms
	bar "$1: p95" "$(cut -d' ' -f3 "$WORK/p")" "$2" ms
}
# LOOKS lines of three random days each, of six years, always the same ones
LOOKS=${LOOKS:-120}
some_day() { awk -v n="$LOOKS" -v seed="$1" 'BEGIN { srand(seed); for (i = 0; i < n; i++) { t = 1580000000 + int(rand() * 180000000); print strftime("%Y-%m-%d", t) } }'; }
random_days() { paste <(some_day 1) <(some_day 2) <(some_day 3); }
rss_kb() { awk '/^VmRSS/ { print $2 }' "/proc/$1/status"; }
rss_mb() { awk '/^VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$1/status"; }

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

# sign_in ACCOUNT: of the sample data; curl -b "$WORK/jar" is that person from then on
sign_in() {
	local csrf
	csrf=$(curl -s -c "$WORK/jar" "$base/prihlaseni" | grep -oE 'name="csrf" value="[^"]+"' | head -n 1 | sed 's/.*value="//; s/"//')
	curl -s -o /dev/null -b "$WORK/jar" -c "$WORK/jar" -H "Origin: $base" --data-urlencode "csrf=$csrf" --data-urlencode "login=$1@demo.invalid" \
		--data-urlencode 'password=ukazkova-sit-2026' --data-urlencode 'next=/app' "$base/prihlaseni"
	[ "$(curl -s -o /dev/null -w '%{http_code}' -b "$WORK/jar" "$base/app")" = 200 ] || { echo "$1 cannot sign in" >&2 && exit 1; }
}
# growth_mb PID COMMAND…: how far the memory of a process rises above where it is, while the command runs
growth_mb() {
	local pid=$1 before
	shift
	echo 5 >"/proc/$pid/clear_refs"              # the highest mark begins anew
	before=$(rss_kb "$pid")
	"$@"
	awk -v b="$before" '/^VmHWM/ { printf "%.1f", ($2 - b) / 1024 }' "/proc/$pid/status"
}

# load BASE ADDRESSES [PAUSE_US]: one round of wrk. Sets requests, rate, bytes (of one answer), p50_ms, p95_ms, p99_ms. Environment as in
# bench/addresses.lua. A round with an answer that is no page is no measurement.
load() {
	local us all failed p50 p95 p99
	# shellcheck disable=SC2034
	read -r _ requests us all failed p50 p95 p99 < <(WRK_ADDRESSES=$2 WRK_PAUSE=${3:-0} \
		wrk -t1 -c"$CONNECTIONS" -d"${SECONDS_EACH}s" -s bench/addresses.lua "$1" | grep '^RESULT')
	[ "$failed" -eq 0 ] || { echo "$failed of $requests answers of $1 failed" >&2 && exit 1; }
	rate=$(awk -v n="$requests" -v us="$us" 'BEGIN { printf "%.0f", n * 1000000 / us }')
	bytes=$((all / requests))
	p50_ms=$(awk -v us="$p50" 'BEGIN { printf "%.2f", us / 1000 }')
	p95_ms=$(awk -v us="$p95" 'BEGIN { printf "%.2f", us / 1000 }')
	p99_ms=$(awk -v us="$p99" 'BEGIN { printf "%.2f", us / 1000 }')
}
# weighed PID BASE ADDRESSES: a round, and cost = processor time of the server for one request, in microseconds
weighed() {
	local before
	before=$(cpu_us "$1")
	load "$2" "$3"
	cost=$(awk -v a="$before" -v b="$(cpu_us "$1")" -v n="$requests" 'BEGIN { printf "%.1f", (b - a) / n }')
}
# half_load BASE ADDRESSES RATE: a round at half of RATE: every connection waits so long between two requests
half_load() {
	load "$1" "$2" "$(awk -v c="$CONNECTIONS" -v r="$3" 'BEGIN { printf "%.0f", c * 1000000 / (r / 2) }')"
}
# at_half NAME BASE ADDRESSES PERCENTILE LIMIT: finds the highest rate, then a percentile (p95, p99) at half of it, median of the rounds
at_half() {
	local top values="$WORK/values" rates="$WORK/rates"
	load "$2" "$3" && top=$rate
	rm -f "$values" "$rates"
	for _ in $(seq "$ROUNDS"); do
		half_load "$2" "$3" "$top"
		case $4 in p95) echo "$p95_ms" ;; *) echo "$p99_ms" ;; esac >>"$values"
		echo "$rate" >>"$rates"
	done
	bar "$1: $4 at $(median <"$rates") of at most $top a second" "$(median <"$values")" "$5" ms
}

# start_nginx ROOT HEADERS: nginx sends the files of ROOT with the headers of the file HEADERS (as curl -D wrote them). Sets nginx_pid and rival.
start_nginx() {
	local port=$((20000 + RANDOM % 10000))
	mkdir -p "$WORK/nginx"
	{
		[ "$(id -u)" -ne 0 ] || echo "user root;"        # the files are readable for nobody else
		echo "worker_processes auto; daemon off; pid $WORK/nginx/pid; error_log $WORK/nginx/error.log;"
		echo "events { worker_connections 1024; }"
		echo "http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; types { } default_type 'text/html; charset=utf-8';"
		for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $WORK/nginx/$kind;"; done
		echo "server { listen 127.0.0.1:$port; root $1; server_tokens off;"
		tr -d '\r' <"$2" | sed -nE '/^(HTTP|Date|ETag|Content-Type|Content-Length|Connection|Server)/I!s/^([A-Za-z-]+): (.*)$/add_header \1 "\2";/p'
		echo "} }"
	} >"$WORK/nginx/conf"
	nginx -e "$WORK/nginx/error.log" -p "$WORK/nginx" -c "$WORK/nginx/conf" & nginx_pid=$!
	rival=http://127.0.0.1:$port
	for _ in $(seq 200); do
		curl -s -o /dev/null "$rival/" && return
		kill -0 "$nginx_pid" 2>/dev/null || break
		sleep 0.02
	done
	cat "$WORK/nginx/error.log" >&2
	exit 1
}

# ---- addresses of the catalogue; after start_server ----
# combinations SEED COUNT: searches with filters and orders, no two alike
combinations() {
	awk -v seed="$1" -v wanted="$2" 'BEGIN {
		srand(seed)
		words = split("dom domov centrum pece pecovatelska poradna poradenstvi senior denni osobni asistence rodina rodiny socialni sluzba sluzby " \
			"aktivizacni prevence stacionar bydleni dum krizova pomoc odborne odlehcovaci rehabilitace terenni program zarizeni chranene " \
			"nizkoprahove azylovy noclehar zdravotni rana dilny charita z o p u lib pra brn ost pl ces kar ust hra par jih olo zli vy", q, " ")
		forms = split("- - ter amb pob ter,amb ter,pob amb,pob", form, " ")
		groups = split("- - - seniori zdravotni telesne mentalni rodiny chronicky 1 2 3 4", group, " ")
		ages = split("- - - 19-26 27-64 65-80 16-18", age, " ")
		orders = split("- nazev -nazev poskytovatel -poskytovatel obec -obec", order, " ")
		for (n = 0; n < wanted;) {
			s = "/katalog?q=" q[1 + int(rand() * words)]
			m = split(form[1 + int(rand() * forms)], parts, ",")
			for (i = 1; i <= m; i++) if (parts[i] != "-") s = s "&forma=" parts[i]
			x = group[1 + int(rand() * groups)]; if (x != "-") s = s "&pro=" x
			x = age[1 + int(rand() * ages)]; if (x != "-") s = s "&vek=" x
			x = order[1 + int(rand() * orders)]; if (x != "-") s = s "&radit=" x
			if (!(s in seen)) { seen[s]; print s; n++ }
		}
	}'
}

# full_pages FROM TO DIR: those of the addresses of FROM whose page shows 25 services, appended to TO; pages are fetched into DIR
full_pages() {
	mkdir -p "$3"
	awk -v base="$base" -v dir="$3" '{ printf "url = \"%s%s\"\noutput = \"%s/%d.html\"\n", base, $0, dir, NR }' "$1" | curl -s -K -
	awk 'FNR == 1 { n++; page[n] = FILENAME } { rows[n] += gsub(/scope="row"><a href="\/katalog\/sluzba\//, "") }
		END { for (i = 1; i <= n; i++) if (rows[i] == 25) print page[i] }' $(seq -f "$3/%.0f.html" "$(wc -l <"$1")") |
		sed 's|.*/||; s|\.html$||' | sort -n >"$3/full"
	awk 'NR == FNR { full[$1]; next } FNR in full' "$3/full" "$1" >>"$2"
}

# all_services: the address of every service, as the site map tells them
all_services() { curl -s "$base/sitemap.xml" | grep -oE '/katalog/sluzba/[^<]+'; }
