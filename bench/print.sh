#!/bin/bash
# bench/print.sh: a plan of 150 pages with 120 tables and contents as tagged PDF, under the limits of large documents, and as DOCX.
# shellcheck source=bench/common.sh
. "$(dirname "$0")/common.sh"

make --no-print-directory -s -j"$(nproc)" build/gcc-release/bench-print
load_average
"$SITOVKA" init --db "$WORK/sitovka.db" >/dev/null
build/gcc-release/bench-print "$WORK/sitovka.db" "$WORK" >"$WORK/said" || { cat "$WORK/said"; exit 1; }
field() { awk -v k="$1" -v n="$2" '$1 == k { print $n }' "$WORK/said"; }
line "pages" "$(pdfinfo "$WORK/plan.pdf" | awk '/^Pages/ { print $2 }')" ""
line "tables that are tagged" "$(pdfinfo -struct "$WORK/plan.pdf" 2>/dev/null | grep -c '^ *Table')" ""
bar "PDF: processor time of the renderer" "$(field pdf 3)" 180 s
line "the same by the clock" "$(field pdf 4)" s
bar "PDF: its memory" "$(field pdf 5)" 1024 MB
line "size of the PDF" "$(($(stat -c %s "$WORK/plan.pdf") / 1000))" kB
bar "DOCX: processor time" "$(field docx 3)" 1 s
exit "$missed"
