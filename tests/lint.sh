#!/bin/bash
# tests/lint.sh: quick looks at the sources themselves; a few seconds.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/tap.sh

floors() { ASAN_OPTIONS=detect_leaks=0 build/tools/floors src; }
lock_names_no_host() { ! grep -n '"resolved"' tests/e2e/package-lock.json; }
scripts_run() { ! git ls-files -s '*.sh' run test .ci/run | grep -v '^100755' | grep -vE '(tests/tap|bench/common).sh$'; }

# a name in packages.list that Debian does not have would break a bare machine only; format is what can be seen here
packages_have_groups() { ! grep -nvE '^(#.*|(build|test|check): .+|)$' packages.list; }

links_lead_somewhere() {
	local bad=0 file target
	while read -r file; do
		while read -r target; do
			[ -e "$(dirname "$file")/$target" ] && continue
			echo "$file: $target is not there" && bad=1
		done < <(grep -oE '\]\([^)]+\)' "$file" | sed -E 's/^\]\(//; s/\)$//; s/#.*//' | grep -vE '^(https?:|mailto:|$)')
	done < <(git ls-files '*.md')
	return $bad
}

verbs_exist() {
	local bad=0 verb
	for verb in $(git ls-files '*.md' | xargs grep -ohE '`make [a-z0-9-]+' | sed 's/`make //' | sort -u); do
		grep -q "^$verb:" Makefile.verbs || { echo "make $verb is in the manual, but not in Makefile.verbs" && bad=1; }
	done
	return $bad
}

check "includes point down the floors" floors
check "the lock file of the test tools names no host" lock_names_no_host
check "every script can be run" scripts_run
check "packages.list is made of groups" packages_have_groups
check "links in the manual lead somewhere" links_lead_somewhere
check "every verb in the manual exists" verbs_exist
finish
