#!/bin/bash
# tests/proofs/scanner.sh: files that come are shown to a real clamd, which knows one signature of ours: what it finds is refused and not stored, what it does
# not find is taken, and while it is silent nothing is taken. Needs $SITOVKA or build/sitovka, clamav-daemon, python3.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
sitovka=${SITOVKA:-build/sitovka}
work=$(mktemp -d "${TMPDIR:-/tmp}/sitovka-scanner-XXXXXX")
db=$work/sit.db socket=$work/clamd.ctl
clamd=$(PATH=$PATH:/usr/sbin command -v clamd) || { echo "clamd is missing: apt install clamav-daemon"; exit 1; }
end_of() {
	[ ! -s "$work/$1.pid" ] || kill "$(cat "$work/$1.pid")" 2>/dev/null
	rm -f "$work/$1.pid"
}
trap 'end_of program; end_of clamd; sleep 1; rm -rf "$work"' EXIT

start_clamd() {
	"$clamd" --foreground --config-file="$work/clamd.conf" >"$work/clamd.log" 2>&1 &
	echo $! >"$work/clamd.pid"
	for _ in $(seq 300); do [ -S "$socket" ] && return; sleep 0.1; done
	cat "$work/clamd.log" && return 1
}
start_program() {
	"$sitovka" serve --db "$db" --listen 127.0.0.1:0 --scanner "$socket" >"$work/serve.log" 2>&1 &
	echo $! >"$work/program.pid"
	for _ in $(seq 300); do grep -q 'běží na http' "$work/serve.log" && break; sleep 0.1; done
	base=$(grep -oE 'http://[0-9.:]+' "$work/serve.log" | head -n 1)
}
upload() { /usr/bin/python3 tests/proofs/scanner.py "$base" "$work/$1" >"$work/said" 2>&1 || { cat "$work/said"; return 1; }; }
# status, then words that the page must have
said() {
	local words
	grep -q "^$1 " "$work/said" || { cat "$work/said" "$work/serve.log"; return 1; }
	for words in "${@:2}"; do grep -q -- "$words" "$work/said" || { cat "$work/said"; return 1; }; done
}
stored() { find "$db.state/files" -type f 2>/dev/null | wc -l; }
nothing_new() {
	local before
	before=$(stored)
	"$@" && [ "$(stored)" = "$before" ]
}

clean_is_taken() {
	local before
	before=$(stored)
	upload cisty.csv && said 303 && [ "$(stored)" -gt "$before" ]
}
refused_found() { upload nakaza.csv && said 422 'nakaza.csv' 'Sitovka.Zkouska' 'jsme nepřijali' 'antivirem'; }
large_found() { upload velka-nakaza.csv && said 422 'velka-nakaza.csv'; }
trail_says() { "$sitovka" verify --db "$db" >/dev/null && /usr/bin/python3 - "$db" <<'EOF'; }
import sqlite3, sys
rows = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True).execute("SELECT text FROM trail WHERE action = 'virus'").fetchall()
sys.exit(0 if len(rows) == 2 and "nakaza.csv" in rows[0][0] else f"{rows}")
EOF
too_large() { upload obrovsky.csv && said 413 'je větší, než kolik přečte kontrola na viry'; }
silent() { upload cisty.csv && said 503 'cisty.csv' 'Zkuste to později'; }
doctor_is_content() { ! "$sitovka" doctor --db "$db" --scanner "$socket" 2>&1 | grep -q 'Na soketu'; }
doctor_says() { "$sitovka" doctor --db "$db" >"$work/doctor" 2>&1; [ $? = 2 ] && grep -q "Na soketu $socket nikdo neodpovídá" "$work/doctor"; }
comes_back() { start_clamd && upload cisty.csv && said 303; }

mkdir "$work/signatures"
mark='SITOVKA-ZKOUSKA-KONTROLY-NA-VIRY'
printf 'Sitovka.Zkouska:0:*:%s\n' "$(printf '%s' "$mark" | od -An -tx1 | tr -d ' \n')" >"$work/signatures/zkouska.ndb"
cat >"$work/clamd.conf" <<EOF
LocalSocket $socket
DatabaseDirectory $work/signatures
StreamMaxLength 4M
AlertExceedsMax yes
EOF
cp tests/data/ciselnik.csv "$work/cisty.csv"
{ cat tests/data/ciselnik.csv; printf '%s\n' "$mark"; } >"$work/nakaza.csv"
{ yes 'radek;ktery;nic;nerika' | head -c 2000000; printf '\n%s\n' "$mark"; } >"$work/velka-nakaza.csv"
yes 'radek;ktery;nic;nerika' | head -c 6000000 >"$work/obrovsky.csv"
"$sitovka" demo --db "$db" --size S >"$work/demo.log" 2>&1 || cat "$work/demo.log"
start_clamd
start_program

check "a file in which clamd finds nothing is taken" clean_is_taken
check "a file in which it finds something is refused by name with a sentence, and nothing is stored" nothing_new refused_found
check "so is one of two megabytes with the bad bytes at its end" nothing_new large_found
check "both stand in the trail" trail_says
check "what is larger than clamd reads is refused" nothing_new too_large
check "doctor finds the scanner well" doctor_is_content
end_of clamd
sleep 1
check "while clamd is silent nothing is taken" nothing_new silent
check "and doctor calls it critical" doctor_says
check "when it is back, files are taken again" comes_back
finish
