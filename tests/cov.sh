#!/bin/bash
# tests/cov.sh: which lines the unit and domain tests reach: build/cov/index.html, a table of the floors, and what holds or not: of base, core and
# the parsers (the files that read bytes from outside, each with a fuzz target) at least 95 of 100 lines. Four files of core are not counted: they run
# in processes that have locked themselves in and may not write counters; tests/domain/child.c looks at them from outside.
set -eu
cd "$(dirname "$0")/.."
least=95
tools/packages.sh build test check
make --no-print-directory -s MODE=cov -j"$(nproc)" build/gcc-cov/tests-unit build/gcc-cov/tests-domain
find build/gcc-cov -name '*.gcda' -delete
mkdir -p build/cov
for kind in unit domain; do
	"build/gcc-cov/tests-$kind" >"build/cov/$kind.log" || { grep -A2 '^not ok' "build/cov/$kind.log"; exit 1; }
done
gcovr --root . --filter src/ --exclude-unreachable-branches --exclude-throw-branches --sort-percentage \
	--html-details build/cov/index.html --csv build/cov/files.csv build/gcc-cov

awk -F, -v least="$least" '
	BEGIN {
		parser = "^src/(base/(csv|json[a-z_]*|format_read|date)|core/(table_(read|parse|stream|json)|xlsx_[a-z]+|search_tokens|trail_record|files_type)|" \
			"http/(guard|decode|query|cookie|multipart|listen)|html/geo|domain/register/register_(read[a-z_]*|canon|maps)|domain/territory/import_(csv|geo|plan))\\.c$"
		locked = "^src/core/(child_helper|child_tool|sandbox|sandbox_calls)\\.c$"
		n = split("base core parsers db html http web domain app", floors, " ")
	}
	function add(floor) { lines[floor] += $2; covered[floor] += $3 }
	NR > 1 && $1 ~ /\.c$/ && $1 !~ locked {
		split($1, part, "/")
		add(part[2])
		if ($1 ~ parser) add("parsers")
	}
	END {
		printf "%-10s %8s %8s %7s\n", "floor", "lines", "reached", "%"
		for (i = 1; i <= n; i++) {
			f = floors[i]
			percent = lines[f] ? 100 * covered[f] / lines[f] : 0
			low = i <= 3 && percent < least
			failed += low
			printf "%-10s %8d %8d %7.2f%s\n", f, lines[f], covered[f], percent, (i > 3 ? "" : low ? "   below " least : "   at least " least)
		}
		printf "%d passed, %d failed\n", 3 - failed, failed
		exit failed > 0
	}' build/cov/files.csv
