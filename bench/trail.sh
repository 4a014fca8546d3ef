#!/bin/bash
# bench/trail.sh: reading and recomputing a trail of a million records; one flipped byte in it is named.
# shellcheck source=bench/common.sh
. "$(dirname "$0")/common.sh"

RECORDS=${RECORDS:-1000000}
make --no-print-directory -s -j"$(nproc)" build/gcc-release/bench-trail
"$SITOVKA" init --db "$WORK/sitovka.db" >/dev/null
began=$(now)
build/gcc-release/bench-trail "$WORK/sitovka.db" "$RECORDS"
line "records written in batches of 5,000" "$(awk -v n="$RECORDS" -v a="$began" -v b="$(now)" 'BEGIN { printf "%.0f", n / (b - a) }')" "a second"
load_average

for _ in $(seq "$ROUNDS"); do
	said=$("$SITOVKA" verify --db "$WORK/sitovka.db" | grep '^Stopa')
	sed -E 's/.*: ([0-9]+) záznamů \(za ([0-9]+) ms\).*/\1 \2/' <<<"$said" | awk '{ printf "%.0f\n", $1 / $2 * 1000 }' >>"$WORK/rates"
done
echo "    $said"
bar_least "records of the trail read and recomputed" "$(median <"$WORK/rates")" 500000 "/s"

# one byte of one record, with the file in hand
all=$(sed -E 's/.*: ([0-9]+) záznamů.*/\1/' <<<"$said")
number=$((RECORDS * 7 / 9)) record=$((all - RECORDS + RECORDS * 7 / 9 + 1))
place=$(LC_ALL=C grep -obUa "na č. $number\." "$WORK/sitovka.db" | head -n 1 | cut -d: -f1)
printf 'N' | dd of="$WORK/sitovka.db" bs=1 seek="$place" conv=notrunc status=none
said=$("$SITOVKA" verify --db "$WORK/sitovka.db" || true)
echo "    $said"
named=$(sed -nE 's/^ *Záznam č\. ([0-9]+) .*/\1/p' <<<"$said")
bar "the record named, from record $record whose byte was flipped" "$((named > record ? named - record : record - named))" 0 away
exit "$missed"
