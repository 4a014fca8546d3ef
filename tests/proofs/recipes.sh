#!/bin/bash
# tests/proofs/recipes.sh: the two recipes of CONTRIBUTING.md, done by hand of a script in a scratch copy: an entity and a page are added to a
# subject, nothing else is touched, and both work in the running program. Needs build/gcc-san/sitovka and build/gcc-san/scenes.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
root=$PWD
subject=src/domain/people
scratch=$(mktemp -d "${TMPDIR:-/tmp}/sitovka-recipes-XXXXXX")
trap 'rm -rf "$scratch"' EXIT
copy=$scratch/copy stage=$scratch/stage

# with what is built and its times: only what the recipes add is compiled
copy_everything() {
	mkdir -p "$copy/build" "$stage/tests/scenes"
	cp -a Makefile Makefile.verbs src tools assets data tests "$copy/"
	cp -a build/gen build/tools "$copy/build/"
	mkdir "$copy/build/gcc-san"
	cp -a build/gcc-san/src build/gcc-san/gen "$copy/build/gcc-san/"
	cp tests/accounts.conf "$stage/tests/"
	cp tests/proofs/recipes/recipes.scene "$stage/tests/scenes/"
}

sums() { (cd "$copy" && find . -path ./build -prune -o -type f -print0 | xargs -0 sha256sum | sort -k 2); }

# line_after PATTERN LINE: one line more in the subject's module.c, behind the first line that has the pattern
line_after() {
	local at
	at=$(grep -n -m 1 -F "$1" "$copy/$subject/module.c" | cut -d : -f 1)
	[ -n "$at" ] || { echo "module.c has no line with: $1" && return 1; }
	sed -i "${at}a\\$2" "$copy/$subject/module.c"
}

add_entity() {
	local last
	last=$(find "$copy/$subject/schema" -name '*.sql' -printf '%f\n' | sort | tail -n 1)
	cp tests/proofs/recipes/entity/schema/vehicle.sql "$copy/$subject/schema/$(printf '%04d' $((10#${last%%_*} + 1)))_vehicle.sql"
	cp tests/proofs/recipes/entity/vehicle.[ch] "$copy/$subject/"
	line_after '#include "web/module.h"' '#include "domain/people/vehicle.h"\n#include "web/screen.h"' &&
		sed -i 's/^static const Entity \*const entities\[\] = {/&\&vehicle_entity, /' "$copy/$subject/module.c" &&
		line_after 'static const Route routes[] = {' '\tENTITY_SCREENS("/app/sprava/vozidla", \&vehicle_entity, "territory.edit", "territory.edit", NULL),'
}

add_page() {
	cp tests/proofs/recipes/page/* "$copy/$subject/"
	line_after '#include "web/module.h"' '#include "domain/people/account_states_page.h"' &&
		line_after 'static const Route routes[] = {' '\t{GET, "/app/sprava/ucty-podle-stavu", page_account_states, "admin.accounts"},'
}

# new and changed files since the sums were taken, without the folder of the subject and the number of the migration
touched() {
	diff <(echo "$before") <(sums) | sed -nE "s#^[<>] [0-9a-f]{64}  \./##p" | sort -u | sed -E "s#^$subject/##; s#[0-9]{4}_#NNNN_#" | tr '\n' ' '
}
only_touched() {
	local got
	got=$(touched)
	[ "$got" = "$1 " ] || { echo "touched: $got" && echo "allowed: $1" && return 1; }
}
lines_in_module_at_most() {
	local added
	added=$(diff "$root/$subject/module.c" "$copy/$subject/module.c" | grep -c '^>')
	[ "$added" -le "$1" ] || { diff "$root/$subject/module.c" "$copy/$subject/module.c" && return 1; }
}
# under what the outer make hands down, the copy would be built elsewhere
build_copy() { env -u MAKEFLAGS -u MAKELEVEL make -C "$copy" --no-print-directory -s -j"$(nproc)" MODE=san build/gcc-san/sitovka; }
play() { cd "$stage" && SITOVKA=$copy/build/gcc-san/sitovka "$root/build/gcc-san/scenes"; }
floors_are_right() { ! ASAN_OPTIONS=detect_leaks=0 build/tools/floors "$copy/src" | grep -E '/(vehicle|account_states)'; }
tables_know() {
	"$copy/build/gcc-san/sitovka" access | grep -q '^entity vehicle: ' && "$copy/build/gcc-san/sitovka" access | grep -q 'GET /app/sprava/ucty-podle-stavu '
}

copy_everything
before=$(sums)
check "the recipe of an entity can be done" add_entity
check "an entity takes a migration, a pair of files and lines of module.c, nothing else" only_touched "module.c schema/NNNN_vehicle.sql vehicle.c vehicle.h"
check "an entity takes its include, its place in the list and its screens in module.c" lines_in_module_at_most 4
before=$(sums)
check "the recipe of a page can be done" add_page
check "a page takes a handler, a template, a statement, its domain function and lines of module.c, nothing else" only_touched \
	"account_states.c account_states.h account_states.html account_states.sql account_states_page.c account_states_page.h module.c"
check "a page takes its include and its route row in module.c" lines_in_module_at_most 6
check "the copy builds without a warning" build_copy
check "both stand on the right floor" floors_are_right
check "the tables of access know the entity and the page" tables_know
check "list, form, detail, history, downloads and import of the entity work, and so does the page" play
finish
