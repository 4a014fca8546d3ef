#!/bin/bash
# tests/check.sh: everything that a reviewer would run. Half an hour; ./test is the short form.
set -u
cd "$(dirname "$0")/.." || exit 1
tools/packages.sh build test check
. tests/tap.sh
export TZ=UTC

sources() { git ls-files 'src/*.c' 'tools/*.c'; }
# what the compiler is told, for tools that read the sources themselves
flags=(-std=gnu17 -D_GNU_SOURCE -Isrc -I. -Ibuild/gen -isystem "$(pg_config --includedir)")

everything_holds() { BROWSER_ALL=yes tests/run.sh; }
scripts_are_clean() { git ls-files '*.sh' run test .ci/run | xargs shellcheck --external-sources; }
release_builds() { make --no-print-directory -s -j"$(nproc)" build/sitovka; }
clang_builds() { make --no-print-directory -s -j"$(nproc)" CC=clang build/clang-release/sitovka; }
threads_agree() {
	make --no-print-directory -s -j"$(nproc)" MODE=tsan build/gcc-tsan/tests-unit build/gcc-tsan/tests-domain &&
		build/gcc-tsan/tests-unit && build/gcc-tsan/tests-domain
}
analyzer_is_silent() {
	sources | xargs -P "$(nproc)" -n 4 gcc "${flags[@]}" -O1 -fanalyzer -Werror -fsyntax-only
}
tidy_is_silent() {
	sources | xargs -P "$(nproc)" -n 4 clang-tidy-14 --quiet --warnings-as-errors='*' \
		--checks='-*,clang-analyzer-*,-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling,bugprone-*,-bugprone-easily-swappable-parameters,-bugprone-reserved-identifier,-bugprone-macro-parentheses,-bugprone-narrowing-conversions' \
		-- "${flags[@]}"
}
build_is_reproducible() {
	local first second
	release_builds && first=$(sha256sum <build/sitovka) && rm -r build/gcc-release build/sitovka &&
		release_builds && second=$(sha256sum <build/sitovka) && [ "$first" = "$second" ]
}
hardening_is_on() {
	readelf -Wlhd build/sitovka >build/elf.txt
	grep -q 'Type:.*DYN' build/elf.txt && grep -q 'GNU_RELRO' build/elf.txt && grep -q 'BIND_NOW\|Flags:.*NOW' build/elf.txt &&
		! grep 'GNU_STACK' build/elf.txt | grep -q 'RWE'
}

check "all tests hold, pages in all four variants" everything_holds
check "shellcheck finds nothing" scripts_are_clean
check "the release builds without a warning" release_builds
check "clang builds it without a warning" clang_builds
check "unit and domain tests hold under the thread sanitizer" threads_agree
check "gcc -fanalyzer finds nothing" analyzer_is_silent
check "clang-tidy finds nothing" tidy_is_silent
check "building twice gives the same bytes" build_is_reproducible
check "the program is position-independent, its tables read-only, its stack not executable" hardening_is_on
finish
