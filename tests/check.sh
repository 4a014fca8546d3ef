#!/bin/bash
# tests/check.sh [part…]: everything that a reviewer would run, an hour on two cores; ./test is the short form. Parts: all scripts binary
# forbidden unit robust builds threads analysers history cover kill mail office scanner seats cycle call. Without a part: all of them.
set -u
cd "$(dirname "$0")/.." || exit 1
tools/packages.sh build test check
. tests/tap.sh
export TZ=UTC
[ $# -gt 0 ] || set -- all scripts binary forbidden unit robust builds threads analysers history cover kill mail office scanner seats cycle call

everything_holds() { EVERYTHING=yes tests/run.sh; }
scripts_are_clean() {
	find . \( -name .git -o -name node_modules -o -path ./build -o -path ./var \) -prune -o -type f \( -name '*.sh' -o -name run -o -name test \) -print0 |
		xargs -0 shellcheck --external-sources
}
build() { make --no-print-directory -s -j"$(nproc)" "$@"; }
# the first race ends the program; none is excused
under_threads() { build MODE=tsan "build/gcc-tsan/$1" && TSAN_OPTIONS="halt_on_error=1 second_deadlock_stack=1" "build/gcc-tsan/$1"; }
history_replayed() {
	local operations=$1
	shift
	build MODE=san build/gcc-san/tests-domain && HISTORY_OPERATIONS=$operations NETWORK_OPERATIONS=$operations "$@" build/gcc-san/tests-domain "what a replay day by day gives"
}
forbidden_fails() { build build/gcc-release/proof-forbidden && tests/proofs/forbidden.sh; }
with_program() { build build/sitovka && "$@"; }
treated_badly() { build build/sitovka build/gcc-release/proof-robust && tests/proofs/robust.sh; }
letters() { build build/sitovka && tests/proofs/mail.sh long; }
seats_random() {
	local operations=$1
	shift
	build MODE=san build/gcc-san/tests-domain && SEATS_OPERATIONS=$operations "$@" build/gcc-san/tests-domain "agree with a naive list"
}
office() { build MODE=san build/gcc-san/tests-unit && tests/proofs/office.sh; }
workbooks() { build MODE=san build/gcc-san/tests-domain && tests/proofs/network.sh; }
many_kills() { build build/sitovka && build MODE=san build/gcc-san/proof-kill && tests/proofs/kill.sh 100 30 L; }

for part in "$@"; do
	case $part in
	all) check "all tests hold, pages in all four variants" everything_holds ;;
	scripts) check "shellcheck finds nothing" scripts_are_clean ;;
	binary)
		check "the release builds without a warning" build build/sitovka
		check "the release is hardened and linked against known libraries only" tests/proofs/binary.sh
		;;
	forbidden) check "what a taken-over process would try fails from inside web and convert" forbidden_fails ;;
	unit) check "the units of systemd give away little and allow what the program needs" with_program tests/proofs/unit.sh ;;
	robust) check "bad treatment: stuck, malformed, a million requests, crowds" treated_badly ;;
	builds) check "it builds in every mode, and twice to the same bytes" tests/proofs/builds.sh ;;
	threads)
		check "unit tests, the HTTP server's among them, hold under the thread sanitizer" under_threads tests-unit
		check "domain tests hold under the thread sanitizer" under_threads tests-domain
		;;
	analysers)
		check "generated files are there" build build/sitovka
		check "gcc -fanalyzer finds nothing that is not explained" tests/proofs/analyse.sh gcc
		check "cppcheck finds nothing that is not explained" tests/proofs/analyse.sh cppcheck
		check "clang-tidy finds nothing that is not explained" tests/proofs/analyse.sh tidy
		;;
	history)
		check "a hundred thousand random changes are what a naive replay gives" history_replayed 100000
		check "so are as many on PostgreSQL" history_replayed 100000 tests/support/postgres.sh
		;;
	cover) check "tests reach 95 of 100 lines of base, core and the parsers" tests/cov.sh ;;
	kill) check "a hundred kills under load and thirty during an import lose nothing" many_kills ;;
	mail) check "letters of the release leave through a real server, later ones too" letters ;;
	office)
		check "LibreOffice opens, prints and keeps the documents that are made for it" office
		check "a network that LibreOffice saved again is imported as no change" workbooks
		;;
	scanner) check "a real clamd decides which files are taken" with_program tests/proofs/scanner.sh ;;
	seats)
		check "ten thousand random sign-ups conserve seats" seats_random 10000
		check "so do they on PostgreSQL" seats_random 10000 tests/support/postgres.sh
		check "a thousand confirmations at once for fifty seats, on both stores" with_program tests/proofs/seats.sh
		;;
	cycle) check "the cycle of the plan 2024–2026 passes by its real days" with_program tests/proofs/cycle.sh ;;
	call) check "one call passes from its announcement to the mandate" with_program tests/proofs/call.sh ;;
	*) echo "no such part: $part" >&2 && exit 2 ;;
	esac
done
finish
