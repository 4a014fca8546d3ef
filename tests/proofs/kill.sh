#!/bin/bash
# tests/proofs/kill.sh [KILLS [IMPORTS [SIZE]]]: the program is killed by SIGKILL at random moments and loses nothing that it acknowledged: KILLS times while
# people write over HTTP, IMPORTS times while it takes over a national register of SIZE (S, L, XL). SITOVKA names the program, build/sitovka unless set. Needs
# build/gcc-san/proof-kill. Five kills take some ten seconds.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
kills=${1:-5} imports=${2:-5} size=${3:-S}
program=${SITOVKA:-build/sitovka}
scratch=$(mktemp -d "${TMPDIR:-/tmp}/sitovka-kill-XXXXXX")
child=
trap '[ -z "$child" ] || kill -9 "$child" 2>/dev/null; rm -rf "$scratch"' EXIT

# ---- people who write

people_lose_nothing() {
	build/gcc-san/proof-kill "$program" "$kills" >"$scratch/people.log" 2>&1
	local status=$?
	[ $status = 0 ] || cat "$scratch/people.log"
	return $status
}

# ---- an import

sitovka() { "$program" "$@" --db "$store" --state "$store.state"; }
fresh_store() {
	store=$scratch/$1.db
	cp "$scratch/base.db" "$store" && cp -r "$scratch/base.db.state" "$store.state"
}
records() { sitovka verify | sed -nE 's/^Stopa[^:]*: ([0-9]+) .*/\1/p'; }
# what the file would still change: the first two lines of the preview
still_to_do() { sitovka import register "$scratch/register.json" --preview-only | sed -n 2p; }
take_over() { sitovka import register "$scratch/register.json" --accept-all; }

prepare_import() {
	store=$scratch/base.db
	sitovka demo --size S && sitovka generate register "$size" >"$scratch/register.json" || return 1
	before_records=$(records) before_todo=$(still_to_do)
	fresh_store whole
	local began
	began=$(date +%s%N)
	take_over >/dev/null || return 1
	took=$((($(date +%s%N) - began) / 1000000))
	after_records=$(records) after_todo=$(still_to_do)
	[ -n "$before_records" ] && [ -n "$after_records" ] && [ "$before_records" != "$after_records" ] && [ "$before_todo" != "$after_todo" ]
}

stood=0 done_whole=0
kill_import() {
	fresh_store "cut"
	"$program" import register "$scratch/register.json" --accept-all --db "$store" --state "$store.state" >/dev/null 2>&1 &
	child=$!
	# evenly over the whole of it, and a little beyond
	local ms=$(((RANDOM * 32768 + RANDOM) % (took * 21 / 20 + 1)))
	sleep "$((ms / 1000)).$(printf %03d $((ms % 1000)))"
	kill -9 "$child" 2>/dev/null
	wait "$child" 2>/dev/null
	child=
	local got_records got_todo
	got_records=$(records) got_todo=$(still_to_do)
	rm -rf "$store" "$store"-* "$store.state"
	if [ "$got_records" = "$before_records" ] && [ "$got_todo" = "$before_todo" ]; then
		stood=$((stood + 1))
	elif [ "$got_records" = "$after_records" ] && [ "$got_todo" = "$after_todo" ]; then
		done_whole=$((done_whole + 1))
	else
		echo "killed after $ms of $took ms: ${got_records:-no} records ($before_records before, $after_records after); $got_todo"
		return 1
	fi
}
imports_are_whole() {
	local i
	for ((i = 0; i < imports; i++)); do kill_import || return 1; done
}

check "everything acknowledged survives $kills kills under eight writers, and the trail holds" people_lose_nothing
grep '^#' "$scratch/people.log"
prepare_import >"$scratch/prepare.log" 2>&1 || cat "$scratch/prepare.log"
check "an import takes its file over" test "${after_records:-0}" -gt "${before_records:-0}"
imports_are_whole >"$scratch/imports.log" 2>&1
check "a store whose import was killed is as it was before, or has all of it ($imports kills)" test ! -s "$scratch/imports.log" -a $((stood + done_whole)) = "$imports"
cat "$scratch/imports.log"
echo "# an import of ${took:-?} ms was killed $imports times: $stood times the state before stood, $done_whole times it was complete"
finish
