#!/bin/bash
# tests/run.sh [stage…]: builds once, runs the stages, prints a table of them; the last line is "N passed, N failed".
#
# A stage ends its output with its own "N passed, N failed". One that ends badly without a failed test, or that has no tests
# at all, counts as one failure. Full output of a stage: build/test/STAGE.log.
set -u
cd "$(dirname "$0")/.." || exit 1
export MODE=san BUILD=build/gcc-san
export ASAN_OPTIONS=${ASAN_OPTIONS:-abort_on_error=0:detect_stack_use_after_return=1:quarantine_size_mb=64}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
export LC_ALL=C.UTF-8 TZ=UTC
unset SITOVKA_TEST_DB

ALL="lint unit corpus domain-1 domain-2 domain-3 domain-postgres-1 domain-postgres-2 domain-postgres-3 scenes scenes-postgres recipes kill mail backup circle browser"
# With EVERYTHING set (make check) all stages look for what is used on a stack after the return of its function, and the browser shows all four variants of
# a page; without it unit and scenes on SQLite look for the former, which takes a quarter of the time, and the browser shows one variant.
lighter() {
	if [ "${EVERYTHING:-}" ]; then "$@"; else ASAN_OPTIONS=$ASAN_OPTIONS:detect_stack_use_after_return=0 "$@"; fi
}
# Program and server answer each other some hundred thousand times; between two processors each answer has to wake the other one, which takes longer than
# the work. So a share stays on one processor, the first on the first, the second on the second and so on, around.
processor() {
	awk -v n="$1" '/^Cpus_allowed_list:/ {
		count = split($2, parts, ",")
		for (i = 1; i <= count; i++) {
			to = split(parts[i], ends, "-")
			for (cpu = ends[1] + 0; cpu <= ends[to] + 0; cpu++) all[have++] = cpu
		}
		print all[(n - 1) % have]
	}' /proc/self/status
}
on_postgres() {
	local share=$1
	shift
	lighter taskset -c "$(processor "$share")" tests/support/postgres.sh "$@"
}

run_stage() {
	case $1 in
	lint) tests/lint.sh ;;
	unit) $BUILD/tests-unit ;;
	corpus) $BUILD/corpus ;;
	domain) lighter $BUILD/tests-domain ;;
	domain-[123]) lighter $BUILD/tests-domain -s "${1##*-}/3" ;;
	domain-postgres) on_postgres 1 $BUILD/tests-domain ;;
	domain-postgres-[123]) on_postgres "${1##*-}" $BUILD/tests-domain -s "${1##*-}/3" ;;
	scenes) $BUILD/scenes ;;
	scenes-postgres) on_postgres 2 $BUILD/scenes ;;
	recipes) tests/proofs/recipes.sh ;;
	kill) SITOVKA=$BUILD/sitovka tests/proofs/kill.sh 5 5 ;;
	backup) SITOVKA=$BUILD/sitovka tests/proofs/backup.sh ;;
	mail) SITOVKA=$BUILD/sitovka tests/proofs/mail.sh ;;
	circle) lighter tests/circle.sh ;;
	browser) lighter tests/browser.sh ${EVERYTHING:+--all} ;;
	*) echo "no such stage: $1 (there are: $ALL)" && return 2 ;;
	esac
}

seconds_since() { awk -v a="$1" -v b="$(date +%s.%N)" 'BEGIN { printf "%.1f", b - a }'; }

# shellcheck disable=SC2086  # a list of words
[ $# -gt 0 ] || set -- $ALL
mkdir -p build/test
table="" passed=0 failed=0
row() { table+=$(printf '%-18s %8s s %8s %8s' "$1" "$2" "$3" "$4")$'\n'; }

# what the wanted stages need, in one make
targets=""
for stage in "$@"; do
	case $stage in
	lint) targets+=" build/tools/floors" ;;
	unit) targets+=" $BUILD/tests-unit" ;;
	corpus) targets+=" $BUILD/corpus" ;;
	domain*) targets+=" $BUILD/tests-domain" ;;
	scenes*) targets+=" $BUILD/scenes $BUILD/sitovka" ;;
	recipes) targets+=" $BUILD/scenes $BUILD/sitovka build/tools/floors" ;;
	kill) targets+=" $BUILD/proof-kill $BUILD/sitovka" ;;
	mail | backup | circle | browser) targets+=" $BUILD/sitovka" ;;
	esac
done
began=$(date +%s.%N)
# shellcheck disable=SC2086  # several targets
if ! make --no-print-directory -s -j"$(nproc)" $targets; then
	row build "$(seconds_since "$began")" 0 1
	printf '\n%s\n0 passed, 1 failed\n' "$table"
	exit 1
fi
row build "$(seconds_since "$began")" "" ""

# Result of a stage: its line of the table in build/test/STAGE.row, its whole output in build/test/STAGE.log.
one() {
	local stage=$1 began log=build/test/$1.log status good bad
	began=$(date +%s.%N)
	run_stage "$stage" 2>&1 | tee "$log" | grep -v --line-buffered -E '^(ok |1\.\.)' | sed -u "s/^/$stage: /"
	status=${PIPESTATUS[0]}
	read -r good bad < <(sed -n 's/^\([0-9]*\) passed, \([0-9]*\) failed$/\1 \2/p' "$log" | tail -n 1; echo "0 0")
	if [ "$bad" = 0 ] && [ "$status" != 0 ]; then
		bad=1 && echo "$stage: ended with status $status"
	elif [ "$bad" = 0 ] && [ "$good" = 0 ]; then
		bad=1 && echo "$stage: has no tests"
	fi
	echo "$stage $(seconds_since "$began") $good $bad" >"build/test/$stage.row"
}
# Each lane takes the next stage from one list, the longest first. There are twice as many lanes as processors: stages also
# wait, for a server, a browser or the clock.
next_stage() (
	flock 9
	head -n 1 build/test/queue && sed -i 1d build/test/queue
) 9>build/test/queue.lock
lane() {
	local stage
	while stage=$(next_stage) && [ -n "$stage" ]; do one "$stage"; done
}
: >build/test/queue
for stage in browser domain-postgres-1 domain-postgres-2 domain-postgres-3 domain-1 domain-2 domain-3 "$@"; do
	rm -f "build/test/$stage.row"
	case " $* " in
	*" $stage "*) grep -qx "$stage" build/test/queue || echo "$stage" >>build/test/queue ;;
	esac
done
for _ in $(seq "$((2 * $(nproc)))"); do
	lane &
done
wait
for stage in "$@"; do
	read -r name took good bad < <(cat "build/test/$stage.row" 2>/dev/null || echo "$stage 0 0 1")
	passed=$((passed + good)) failed=$((failed + bad))
	row "$name" "$took" "$good" "$bad"
done
row together "$(seconds_since "$began")" "" ""

printf '\n%-18s %8s   %8s %8s\n%s\n%d passed, %d failed\n' stage time passed failed "$table" "$passed" "$failed"
[ "$failed" = 0 ]
