#!/bin/bash
# bench/plan.sh: a plan with 120 cards and 150 pages: its pages on the web, its PDF as the program makes it, its DOCX through LibreOffice and back.
# shellcheck source=bench/common.sh
. "$(dirname "$0")/common.sh"

ADDED=${ADDED:-116}                              # beside the four cards of the sample data
make --no-print-directory -s -j"$(nproc)" build/gcc-release/bench-plan
demo_store
document=$(build/gcc-release/bench-plan "$WORK/sitovka.db" "$ADDED")
start_server
load_average
plan=/plan/2027-2029 version=/dokumenty/$document/verze/1

# ---- pages: every chapter, every card, every view; how long the program itself says that it took ----
curl -fs "$base$plan/karty.csv" | tail -n +2 | cut -d';' -f1 | tr -d '"\r' >"$WORK/codes"
{
	printf '%s\n' "$plan" "$plan/karty" "$plan/karty?tabule=stav" "$plan/karty?tabule=priorita" "$plan/karty?orp=frydlant" "$plan/financovani" "$plan/vyhled" "$plan/plneni" "$version"
	seq -f "$plan/kapitola/%.0f" 7
	sed "s|^|$plan/karty/|" "$WORK/codes"
} >"$WORK/pages"
# none of them is kept in memory: their routes do not ask for it, and the whole document is kept only as browsers take it, compressed
before=$(cpu_us "$server_pid")
for _ in $(seq "$ROUNDS"); do
	sed "s|.*|url = \"$base&\"\noutput = \"/dev/null\"|" "$WORK/pages" | curl -fs -K -
done
grep -E '"path":"/(plan|dokumenty)/[^"]*","status":200' "$WORK/serve.log" | sed -E 's/.*"path":"([^"]*)".*"bytes":([0-9]+),"us":([0-9]+).*/\3 \2 \1/' >"$WORK/times"
spent=$(cpu_us "$server_pid")
asked=$(($(wc -l <"$WORK/pages") * ROUNDS))
[ "$(wc -l <"$WORK/times")" -ge "$asked" ] || { echo "only $(wc -l <"$WORK/times") of $asked pages were answered" >&2 && exit 1; }
line "cards, pages asked for" "$(wc -l <"$WORK/codes"), $(wc -l <"$WORK/times")" ""
bar "pages of the plan: p95 of the server's time" "$(sort -n "$WORK/times" | awk '{ x[NR] = $1 } END { printf "%.1f", x[int(NR * 0.95 + 0.5)] / 1000 }')" 50 ms
line "processor time of one of them, on average" "$(awk -v a="$before" -v b="$spent" -v n="$asked" 'BEGIN { printf "%.2f", (b - a) / n / 1000 }')" ms
bar "the whole document, made anew: median" "$(grep -F "$version" "$WORK/times" | cut -d' ' -f1 | median | awk '{ printf "%.1f", $1 / 1000 }')" 20 ms
for _ in 1 2; do curl -fs -o /dev/null -H "Accept-Encoding: gzip" "$base$version"; done        # the second time it is kept
before=$(cpu_us "$server_pid")
for _ in $(seq 50); do curl -fs -o "$WORK/whole.gz" -H "Accept-Encoding: gzip" "$base$version"; done
bar "the whole document as browsers take it, kept: processor time" "$(awk -v a="$before" -v b="$(cpu_us "$server_pid")" 'BEGIN { printf "%.2f", (b - a) / 50 / 1000 }')" 2 ms
bar "the same: size on the wire" "$(($(stat -c %s "$WORK/whole.gz") / 1024))" 200 kB

# ---- PDF: asked for as a reader does; processor time and memory of everything that the program starts for it ----
family() { echo "$1"; for child in $(pgrep -P "$1"); do family "$child"; done; }
family_cpu_us() {
	local ticks
	ticks=$(getconf CLK_TCK)
	for pid in $(family "$server_pid"); do sed 's/^.*) //' "/proc/$pid/stat" 2>/dev/null; done | awk -v t="$ticks" '{ s += $12 + $13 + $14 + $15 } END { printf "%.0f", s * 1000000 / t }'
}
family_peak_kb() {
	for pid in $(family "$server_pid"); do [ "$pid" = "$server_pid" ] || awk '/^VmHWM/ { print $2 }' "/proc/$pid/status" 2>/dev/null; done | sort -n | tail -n 1
}
before=$(family_cpu_us) peak=0
csrf=$(curl -s -c "$WORK/cookies" "$base$version/pdf" | grep -oE 'name="csrf" value="[^"]+"' | head -n 1 | sed 's/.*value="//; s/"//')
curl -fs -o /dev/null -b "$WORK/cookies" -c "$WORK/cookies" -H "Origin: $base" --data-urlencode "csrf=$csrf" "$base$version/pdf"
for _ in $(seq 900); do
	seen=$(family_peak_kb)
	[ "${seen:-0}" -le "$peak" ] || peak=$seen
	[ "$(curl -s -o "$WORK/plan.pdf" -w '%{content_type}' "$base$version/pdf")" != application/pdf ] || break
	sleep 1
done
pages=$(pdfinfo "$WORK/plan.pdf" 2>/dev/null | awk '/^Pages/ { print $2 }')
bar_least "PDF: pages" "${pages:-0}" 150 ""
line "tables that are tagged" "$(pdfinfo -struct "$WORK/plan.pdf" 2>/dev/null | grep -c '^ *Table' || true)" ""
bar "PDF: processor time of the whole job" "$(awk -v a="$before" -v b="$(family_cpu_us)" 'BEGIN { printf "%.1f", (b - a) / 1000000 }')" 180 s
bar "PDF: memory of the renderer" "$((peak / 1024))" 1024 MB

# ---- DOCX: LibreOffice reads it and writes it again ----
before=$(family_cpu_us)
curl -fs -o "$WORK/plan.docx" "$base$version/docx"
bar "DOCX: processor time" "$(awk -v a="$before" -v b="$(family_cpu_us)" 'BEGIN { printf "%.2f", (b - a) / 1000000 }')" 2 s
mkdir "$WORK/office"
soffice "-env:UserInstallation=file://$WORK/profile" --headless --convert-to docx --outdir "$WORK/office" "$WORK/plan.docx" >"$WORK/office.log" 2>&1
outline() { python3 tests/proofs/office.py "$1" | sed 's/\xc2\xa0/ /g'; }
outline "$WORK/plan.docx" >"$WORK/before"
outline "$WORK/office/plan.docx" >"$WORK/after"
line "headings and rows of tables in the DOCX" "$(wc -l <"$WORK/before")" ""
bar "of them lost or changed by LibreOffice" "$(diff "$WORK/before" "$WORK/after" | grep -c '^[<>]' || true)" 0 ""
exit "$missed"
