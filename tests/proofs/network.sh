#!/bin/bash
# tests/proofs/network.sh: a network of 500 lines goes out as a workbook, LibreOffice opens it and saves it again, and what it wrote is imported as no change.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh

here=$(mktemp -d)
trap 'rm -rf "$here"' EXIT
mkdir "$here/out"

title="comes back as no change"
written() { NETWORK_WORKBOOK="$here/sit.xlsx" build/gcc-san/tests-domain "$title" >"$here/log" 2>&1 || { tail -5 "$here/log"; return 1; }; [ -s "$here/sit.xlsx" ]; }
saved_again() {
	soffice "-env:UserInstallation=file://$here/profile" --headless --convert-to xlsx --outdir "$here/out" "$here/sit.xlsx" >"$here/log" 2>&1
	[ -s "$here/out/sit.xlsx" ] && ! cmp -s "$here/sit.xlsx" "$here/out/sit.xlsx"
}
read_back() { NETWORK_WORKBOOK_BACK="$here/out/sit.xlsx" build/gcc-san/tests-domain "$title" >"$here/log" 2>&1 || { tail -5 "$here/log"; return 1; }; }

check "a network of 500 lines is written as a workbook" written
check "LibreOffice opens it and saves it again" saved_again
check "what LibreOffice wrote is imported as no change" read_back
finish
