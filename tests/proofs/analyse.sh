#!/bin/bash
# tests/proofs/analyse.sh gcc|tidy|cppcheck [FILE…]: what an analyser finds in our sources and tools, less what tests/proofs/explained.txt explains.
# Nothing is printed when nothing is left. Generated files must be there (make).
set -u
cd "$(dirname "$0")/../.." || exit 1
tool=$1
shift
[ $# -gt 0 ] || mapfile -t files < <(find src tools -name "*.c" | sort)
[ $# -eq 0 ] || files=("$@")
FLAGS="-std=gnu17 -D_GNU_SOURCE -Isrc -I. -Ibuild/gen -isystem $(pg_config --includedir)"
export FLAGS

# the floors that may use what analyse.h tells, and not the files that define it
knowledge() {
	case $1 in
	src/base/* | src/http/* | src/html/* | tools/* | src/core/ctx.c | src/db/db.c) ;;
	src/db/*) echo "-DANALYSE_DB -include tests/proofs/analyse.h" ;;
	*) echo "-include tests/proofs/analyse.h" ;;
	esac
}
# shellcheck disable=SC2086,SC2046  # flags are lists of words
one() {
	case $1 in
	# not -fsyntax-only: the analyser works on what the optimiser sees
	gcc) gcc $FLAGS $(knowledge "$2") -O1 -fanalyzer -S -o /dev/null "$2" 2>&1 ;;
	tidy) clang-tidy --quiet "$2" -- $FLAGS $(knowledge "$2") 2>/dev/null ;;
	esac
}
export -f one knowledge

# "file kind: what is said", one line for each
findings() {
	case $tool in
	cppcheck)
		# its own idea of macros and inline functions of headers gives the rest
		cppcheck --quiet --std=c11 -D_GNU_SOURCE -Isrc -I. -Ibuild/gen -j "$(nproc)" --enable=warning,portability --inline-suppr \
			--suppress=missingInclude --suppress=missingIncludeSystem --template='{file} {id}: {line}: {message}' "${files[@]}" 2>&1
		;;
	*)
		# shellcheck disable=SC2016  # expands in the shell that is started
		printf '%s\n' "${files[@]}" | xargs -P "$(nproc)" -I@ bash -c 'one "$1" "$2"' - "$tool" @ |
			sed -nE "s#^($PWD/)?([^: ]+):([0-9]+):[0-9]+: (warning|error): (.*) \[-?(Wanalyzer-)?([^],]+).*\]\$#\2 \7: \3: \5#p; s#^($PWD/)?([^: ]+):([0-9]+):[0-9]+: (fatal )?error: ([^[]*)\$#\2 error: \3: \5#p"
		;;
	esac | sort -u
}

# a file "*": a kind of which the analyser is never right
explained=$(sed -nE "s/^$tool +\\* +([^ ]+) .*/ \1:/p; s/^$tool +([^ *]+) +([^ ]+) .*/\1 \2:/p" tests/proofs/explained.txt)
left=$(findings | grep -vFf <(printf '%s\n' "${explained:-nothing is explained}"))
[ -z "$left" ] || { echo "$left" && exit 1; }
