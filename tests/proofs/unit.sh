#!/bin/bash
# tests/proofs/unit.sh: the units of deploy/ are understood by systemd, give away little (systemd-analyze security, at most 2.0), and allow every call
# of the kernel that the program makes. Needs build/sitovka, systemd and strace.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
scratch=$(mktemp -d "${TMPDIR:-/tmp}/sitovka-unit-XXXXXX")
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null; rm -rf "$scratch"' EXIT
unit=deploy/sitovka.service

understood() {
	sed "s#/usr/local/bin/sitovka#$PWD/build/sitovka#" $unit >"$scratch/sitovka.service"
	cp deploy/sitovka.socket "$scratch/"
	local said
	said=$(systemd-analyze verify --recursive-errors=no "$scratch/sitovka.service" "$scratch/sitovka.socket" 2>&1 | grep -v "Failed to open\|postgresql")
	[ -z "$said" ] || { echo "$said" && return 1; }
}
exposure() { systemd-analyze security --offline=true --no-pager $unit | sed -nE 's/.*Overall exposure level.*: ([0-9.]+) .*/\1/p'; }
little_is_exposed() {
	local level
	level=$(exposure)
	echo "exposure $level"
	awk -v l="$level" 'BEGIN { exit !(l != "" && l <= 2.0) }'
}

# the names in a list of the unit, groups opened
open_groups() {
	local word
	for word in "$@"; do
		case $word in
		@*) systemd-analyze syscall-filter "$word" | sed -nE 's/^ +([a-z@][a-z0-9_-]*)$/\1/p' | while read -r inner; do open_groups "$inner"; done ;;
		*) echo "$word" ;;
		esac
	done
}
# the lines take effect from top to bottom; a ~ takes away
allowed_calls() {
	local line
	: >"$scratch/allowed"
	while read -r line; do
		case $line in
		"~"*) # shellcheck disable=SC2086  # words
			open_groups ${line#"~"} | sort -u >"$scratch/less" && grep -vxFf "$scratch/less" "$scratch/allowed" >"$scratch/left" && mv "$scratch/left" "$scratch/allowed" ;;
		*) # shellcheck disable=SC2086  # words
			open_groups $line >>"$scratch/allowed" ;;
		esac
	done < <(sed -n 's/^SystemCallFilter=//p' $unit)
	sort -u -o "$scratch/allowed" "$scratch/allowed"
}
# the renderer of PDF, asked for as a reader does
make_pdf() {
	local page="http://127.0.0.1:$1/_ui/pdf" token i
	token=$(curl -s "$page" | sed -nE 's/.*name="csrf" value="([^"]*)".*/\1/p')
	curl -s -o /dev/null -H "Origin: http://127.0.0.1:$1" --data-urlencode "csrf=$token" "$page"
	for ((i = 0; i < 120; i++)); do
		curl -s "$page?priprava=1" | grep -q "PDF je připravené" && return
		sleep 0.5
	done
	echo "the PDF was not made" && return 1
}
# start, pages, a file, a PDF by a program of others, the end: without our own walls, whose refusals would hide what is asked
used_calls() {
	build/sitovka demo --size S --db "$scratch/a.db" >/dev/null || return 1
	strace -f -qq -o "$scratch/trace" -e signal=none build/sitovka serve --db "$scratch/a.db" --listen 127.0.0.1:0 --quiet >"$scratch/log" 2>&1 &
	pid=$!
	local port="" i
	for ((i = 0; i < 100; i++)); do
		port=$(sed -nE 's#.*http://127.0.0.1:([0-9]+).*#\1#p' "$scratch/log" | head -n 1)
		[ -n "$port" ] && break
		sleep 0.2
	done
	[ -n "$port" ] || return 1
	for path in / /katalog /katalog.xlsx /katalog.csv /uzemi /neni /s/neni; do curl -s -o /dev/null "http://127.0.0.1:$port$path"; done
	make_pdf "$port" || return 1
	sleep 2
	pkill -TERM -P "$pid" -x sitovka
	wait "$pid"
	pid=
	sed -nE 's/^[0-9]+ +([a-z][a-z0-9_]+)\(.*/\1/p' "$scratch/trace" | sort -u | grep -vx execve >"$scratch/used"
	[ "$(wc -l <"$scratch/used")" -gt 30 ]
}
every_call_is_allowed() {
	if ! allowed_calls || ! used_calls; then echo "the lists cannot be made" && return 1; fi
	echo "$(wc -l <"$scratch/used") calls used, $(wc -l <"$scratch/allowed") allowed"
	local missing
	missing=$(comm -23 "$scratch/used" "$scratch/allowed")
	[ -z "$missing" ] || { echo "the unit forbids: $missing" && return 1; }
}

check "systemd understands the units" understood
check "the service gives away at most 2.0 by systemd's own judgement" little_is_exposed
check "the service allows every call that the program makes" every_call_is_allowed
echo "# $(little_is_exposed); $(wc -l <"$scratch/used") kinds of calls made, $(wc -l <"$scratch/allowed") allowed"
finish
