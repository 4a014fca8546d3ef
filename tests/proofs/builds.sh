#!/bin/bash
# tests/proofs/builds.sh [same|modes]…: the sources give the same bytes wherever they are built, and every mode builds without a warning under the
# compilers that have it. Builds in scratch folders and in build/; some ten minutes on two cores.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
[ $# -gt 0 ] || set -- same modes
scratch=$(mktemp -d "${TMPDIR:-/tmp}/sitovka-builds-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
build() { env -u MAKEFLAGS -u MAKELEVEL make --no-print-directory -s -j"$(nproc)" "$@"; }

# two folders whose names differ in length, files of different times, other time zones
copies() {
	mkdir -p "$scratch/a"
	cp -a Makefile Makefile.verbs src tools assets data tests "$scratch/a/" && cp -a "$scratch/a" "$scratch/a-much-longer-name"
	find "$scratch/a-much-longer-name" -type f -exec touch {} +
}
same_bytes() {
	local first second
	copies && (cd "$scratch/a" && TZ=UTC build build/sitovka) && (cd "$scratch/a-much-longer-name" && TZ=Asia/Tokyo build build/sitovka) || return 1
	first=$(sha256sum <"$scratch/a/build/sitovka") second=$(sha256sum <"$scratch/a-much-longer-name/build/sitovka")
	echo "${first%% *} ${second%% *}"
	[ "$first" = "$second" ]
}

# MODE COMPILER TARGET: the sanitizers' and coverage's own warnings count too
mode_builds() { build MODE="$1" CC="$2" "$3"; }
modes_build() {
	check "release builds with clang without a warning" mode_builds release clang build/clang-release/sitovka
	check "debug builds with gcc without a warning" mode_builds debug gcc build/gcc-debug/sitovka
	check "debug builds with clang without a warning" mode_builds debug clang build/clang-debug/sitovka
	check "san builds with gcc without a warning" mode_builds san gcc build/gcc-san/sitovka
	check "san builds with clang without a warning" mode_builds san clang build/clang-san/sitovka
	check "tsan builds with gcc without a warning" mode_builds tsan gcc build/gcc-tsan/sitovka
	check "cov builds with gcc without a warning" mode_builds cov gcc build/gcc-cov/sitovka
	local targets=() file
	for file in tests/fuzz/*.c; do targets+=("build/clang-fuzz/fuzz-$(basename "$file" .c)"); done
	check "every fuzz target builds with clang without a warning" build MODE=fuzz "${targets[@]}"
}

for part in "$@"; do
	case $part in
	same) check "building twice, in two folders, gives the same bytes" same_bytes ;;
	modes) modes_build ;;
	*) echo "no such part: $part" >&2 && exit 2 ;;
	esac
done
finish
