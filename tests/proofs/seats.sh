#!/bin/bash
# tests/proofs/seats.sh: a thousand people confirm for fifty seats at the same moment, over HTTP: exactly fifty have a seat, the others wait in the order of
# confirmation, the ledger agrees. On SQLite, and on a private PostgreSQL (tests/support/postgres.sh). Prints how long the confirmations took; the release
# build must not need more than SEATS_SECONDS (3) of processor time: the clock also counts what else the machine does. Needs $SITOVKA or build/sitovka, python3, psql.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
sitovka=${SITOVKA:-build/sitovka}
most=${SEATS_SECONDS:-3}
work=$(mktemp -d "${TMPDIR:-/tmp}/sitovka-seats-XXXXXX")
stop() { [ ! -s "$work/pid" ] || kill "$(cat "$work/pid")" 2>/dev/null; rm -f "$work/pid"; }
trap 'stop; sleep 0.5; rm -rf "$work"' EXIT

confirm_all() {
	local db=$1 state=$2
	: >"$work/serve.log"
	"$sitovka" demo --db "$db" --state "$state" --size S >"$work/out" 2>&1 || { cat "$work/out"; return 1; }
	"$sitovka" config set hearing.rate_network 1000000 --db "$db" --state "$state" >"$work/out" 2>&1 || { cat "$work/out"; return 1; }
	"$sitovka" serve --db "$db" --state "$state" --listen 127.0.0.1:0 --quiet >"$work/serve.log" 2>&1 &
	echo $! >"$work/pid"
	for _ in $(seq 300); do grep -q http:// "$work/serve.log" && break; sleep 0.1; done
	/usr/bin/python3 tests/proofs/seats.py "$(grep -oE 'http://[0-9.:]+' "$work/serve.log" | head -n 1)" "$db" "$(cat "$work/pid")" >"$work/figures" 2>&1
	local code=$?
	stop
	wait 2>/dev/null
	[ $code = 0 ] || { cat "$work/figures"; tail -n 5 "$work/serve.log"; return 1; }
	"$sitovka" verify --db "$db" --state "$state" >"$work/out" 2>&1 || { cat "$work/out"; return 1; }
}
in_time() {
	local took
	took=$(sed -nE 's/.* took ([0-9.]+) s.*/\1/p' "$work/figures")
	awk -v took="${took:-999}" -v most="$most" 'BEGIN { exit !(took < most) }' || { cat "$work/figures"; return 1; }
}
both() {
	check "$1: of 1,000 confirmations at once exactly 50 have a seat, the others wait in order, the ledger agrees" confirm_all "$2" "$work/$1.state"
	check "$1: it takes the server less than $most s of processor time" in_time
	[ ! -s "$work/figures" ] || sed 's/^/# /' "$work/figures"
}

if [ -n "${SITOVKA_TEST_DB:-}" ]; then
	both PostgreSQL "$SITOVKA_TEST_DB"
	finish
	exit
fi
both SQLite "$work/sit.db"
finish
first=$?
tests/support/postgres.sh tests/proofs/seats.sh && exit $first
