#!/bin/bash
# tests/proofs/office.sh: LibreOffice opens every DOCX that the unit tests make, prints it, and writes it again: headings, tables and header rows survive.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh

here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
mkdir "$here/out"

office() { soffice "-env:UserInstallation=file://$here/profile" --headless --convert-to "$1" --outdir "$here/out" "${@:2}" >"$here/log" 2>&1; }
made() {
	SITOVKA_KEEP_DOCX="$here" build/gcc-san/tests-unit docx >"$here/log" 2>&1 || { tail -5 "$here/log"; return 1; }
	[ "$(find "$here" -name '*.docx' | wc -l)" -ge 7 ]
}
printed() {
	office pdf "$here"/*.docx
	for file in "$here"/*.docx; do [ -s "$here/out/$(basename "$file" .docx).pdf" ] || { echo "$file was not opened"; return 1; }; done
}
says() { pdftotext -layout "$here/out/$1.pdf" - | grep -qF "$2" || { echo "no \"$2\" in $1.pdf"; return 1; }; }
prints_words() { says built "Pod čarou <b>" && says built "strana 2 z 3" && says built "Řádek 39" && says view "v buňce" && says hostile "]]>"; }
plain_text() { office txt:Text "$here/view.docx" && grep -qF "Věta s tučným, šikmým a odkazem." "$here/out/view.txt"; }
survives() {
	python3 tests/proofs/office.py "$here/$1.docx" | LC_ALL=C sed 's/\xc2\xa0/ /g' >"$here/before" && python3 tests/proofs/office.py "$here/out/$1.docx" | LC_ALL=C sed 's/\xc2\xa0/ /g' >"$here/after"
	[ -s "$here/before" ] && diff "$here/before" "$here/after"
}
round_trip() { office docx "$here/built.docx" "$here/view.docx" && survives built && survives view; }

check "the unit tests make documents" made
check "LibreOffice opens and prints every one of them" printed
check "words, notes and page numbers are on the pages" prints_words
check "they become plain text" plain_text
check "written by LibreOffice again they have the same headings, tables and header rows" round_trip
finish
