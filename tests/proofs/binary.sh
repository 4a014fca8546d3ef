#!/bin/bash
# tests/proofs/binary.sh [PROGRAM]: what the release is made of, read from the file itself: hardening, libraries, no path of the machine that built it.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
program=${1:-build/sitovka}

header=$(readelf -Wh "$program") segments=$(readelf -Wl "$program") dynamic=$(readelf -Wd "$program")
symbols=$(readelf -W --dyn-syms "$program")

# Each library has its row with a reason in docs/libraries.md; the C library and its parts need none.
libraries_are_known() {
	local bad=0 name
	while read -r name; do
		case $name in
		libc.so.6 | libm.so.6 | libgcc_s.so.1) continue ;;
		esac
		grep -q "^| \`${name%%.so*}\`" docs/libraries.md || { echo "$name is linked, but has no row in docs/libraries.md" && bad=1; }
	done < <(sed -nE 's/.*\(NEEDED\).*\[(.*)\]/\1/p' <<<"$dynamic")
	return $bad
}
position_independent() { grep -q 'Type:.*DYN' <<<"$header" && grep -q 'Flags:.* PIE' <<<"$dynamic"; }
tables_are_read_only() { grep -q GNU_RELRO <<<"$segments" && grep -qE '\(FLAGS_1\).*NOW' <<<"$dynamic"; }
stack_is_not_executable() { grep GNU_STACK <<<"$segments" | grep -q ' RW  ' && ! grep -E '^ +LOAD .* RWE ' <<<"$segments"; }
no_text_relocations() { ! grep -q TEXTREL <<<"$dynamic"; }
no_search_path() { ! grep -E 'RPATH|RUNPATH' <<<"$dynamic"; }
stack_is_guarded() { grep -q __stack_chk_fail <<<"$symbols"; }
library_calls_are_checked() { grep -q __vsnprintf_chk <<<"$symbols" && grep -q __memcpy_chk <<<"$symbols"; }
# -fcf-protection cannot be seen here: Debian's start-up code is not marked, so the linker drops the mark of the whole.
# The compiler's own sources are named in debug data of start-up code; ours must be "./src/…"
no_place_of_building() { ! grep -aoF -m 1 "$PWD/" "$program"; }
unsafe_calls_are_absent() { ! grep -wE 'strcpy|strcat|sprintf|vsprintf|gets|atoi|strtok|system|popen' <<<"$symbols"; }

check "it is position-independent" position_independent
check "its tables are read-only once it runs" tables_are_read_only
check "neither its stack nor its data are executable" stack_is_not_executable
check "its code is not changed when it is loaded" no_text_relocations
check "it looks for libraries in no place of its own" no_search_path
check "its stack is guarded" stack_is_guarded
check "calls that fill memory are checked" library_calls_are_checked
check "it names no folder of the machine that built it" no_place_of_building
check "it calls nothing that cannot know where to end, and starts no shell" unsafe_calls_are_absent
check "only known libraries are linked" libraries_are_known
finish
