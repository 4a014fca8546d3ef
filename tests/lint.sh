#!/bin/bash
# tests/lint.sh: quick looks at the sources themselves; a few seconds. Needs no version control: a folder from an archive is fine too.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/tap.sh

# files of ours by name: ours '*.sh' run test
ours() {
	local names=()
	for name in "$@"; do names+=(-o -name "$name"); done
	find . \( -name .git -o -name node_modules -o -path ./build -o -path ./var \) -prune -o -type f \( "${names[@]:1}" \) -print
}

floors() { ASAN_OPTIONS=detect_leaks=0 build/tools/floors src; }
lock_names_no_host() { ! grep -n '"resolved"' tests/*/package-lock.json; }
scripts_run() { ! ours '*.sh' run test | xargs -I@ find @ -not -perm -u+x | grep -vE '(tests/tap|bench/common).sh$'; }

# a name in packages.list that Debian does not have would break a bare machine only; format is what can be seen here
packages_have_groups() { ! grep -nvE '^(#.*|(build|test|check): .+|)$' packages.list; }

links_lead_somewhere() {
	local bad=0 file target
	while read -r file; do
		while read -r target; do
			[ -e "$(dirname "$file")/$target" ] && continue
			echo "$file: $target is not there" && bad=1
		done < <(grep -oE '\]\([^)]+\)' "$file" | sed -E 's/^\]\(//; s/\)$//; s/#.*//' | grep -vE '^(https?:|mailto:|$)')
	done < <(ours '*.md')
	return $bad
}

verbs_exist() {
	local bad=0 verb
	for verb in $(ours '*.md' | xargs grep -ohE '`make [a-z0-9-]+' | sed 's/`make //' | sort -u); do
		grep -q "^$verb:" Makefile.verbs || { echo "make $verb is in the manual, but not in Makefile.verbs" && bad=1; }
	done
	return $bad
}

# each row of docs/field-rules.md: id, rule, links of tests; each of these files has a title that names the id
rules_are_tested() {
	local bad=0 rows=0 rule files file
	while IFS='|' read -r _ rule _ files _; do
		rows=$((rows + 1))
		while read -r file; do
			grep -E 'TEST\("|^scene: |(note|reads)\("' "$file" | grep -qw "${rule// /}" || { echo "docs/field-rules.md: no test of $file names ${rule// /} in its title" && bad=1; }
		done < <(grep -oE '\.\./tests/[a-z_/]+\.[a-z]+' <<<"$files" | sed 's|^\.\./||')
	done < <(grep -E '^\| [A-Z][0-9]+ \|' docs/field-rules.md)
	[ $rows -gt 30 ] || { echo "docs/field-rules.md has lost its rows" && bad=1; }
	return $bad
}

# clang-format would change every fourteenth line: it knows nothing of tables. So only what nobody wants is refused. A line should end at 150;
# texts in quotes are not counted, and up to 170 nobody is disturbed.
lines_are_tidy() {
	local files code
	files=$(ours '*.c' '*.h' '*.sql' '*.html' '*.sh' '*.css' '*.js' '*.mjs' '*.scene' Makefile Makefile.verbs run test | grep -vE '^./tests/(golden|fuzz/corpus|data)/')
	code=$(grep -E '\.[ch]$' <<<"$files")
	# shellcheck disable=SC2086  # lists of names without blanks
	! {
		grep -nE '[[:blank:]]+$' $files | sed 's/$/: blanks at the end of a line/'
		grep -lP '\r' $files | sed 's/$/: carriage returns/'
		grep -nP '^ {2,6}[^ *F]' $code | grep -vE '\*/$' | sed 's/$/: indented by blanks instead of tabs/'
		awk '{ line = $0; gsub(/"([^"\\]|\\.)*"/, "\"\"", line); gsub(/\t/, "    ", line) }
			length(line) > 170 { print FILENAME ":" FNR ": " length(line) " characters of code" }' $code
		for file in $files; do [ -z "$(tail -c 1 "$file")" ] || echo "$file: no end of line at the end"; done
	} | grep .
}

check "includes point down the floors" floors
check "the lock files of the test tools name no host" lock_names_no_host
check "every script can be run" scripts_run
check "packages.list is made of groups" packages_have_groups
check "links in the manual lead somewhere" links_lead_somewhere
check "every verb in the manual exists" verbs_exist
check "every rule of the field is named by a test" rules_are_tested
check "lines are tidy" lines_are_tidy
finish
