#!/bin/bash
# tests/proofs/backup.sh: a backup of a store in use is rehearsed where there is no store, restored into an empty folder, and is the same.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
export TZ=UTC

program=$PWD/${SITOVKA:-build/sitovka}
scratch=$(mktemp -d /tmp/sitovka-proof-backup-XXXXXX)
trap 'rm -rf "$scratch"' EXIT
sitovka() { "$program" "$@"; }

prepare() {
	sitovka demo --db "$scratch/store.db" --size S &&
		sitovka backup-key "$scratch/backup.pub" "$scratch/backup.key" &&
		mkdir "$scratch/backups" "$scratch/elsewhere" &&
		sitovka backup --db "$scratch/store.db" --to "$scratch/backups" --key "$scratch/backup.pub"
}
backup_file() { echo "$scratch"/backups/*.zaloha; }
rehearse() { (cd "$scratch/elsewhere" && sitovka verify --backup "$(backup_file)" --key "$scratch/backup.key" | grep -q 'obnovila na zkoušku'); }
leaves_nothing() { [ -z "$(ls -A "$scratch/elsewhere")" ] && [ "$(find "$scratch/backups" | wc -l)" = 2 ]; }
restore() { sitovka restore "$(backup_file)" --key "$scratch/backup.key" --db "$scratch/elsewhere/new.db"; }
head_of() { sitovka verify --db "$1" | sed -nE 's/.*otisk ([0-9a-f]+)$/\1/p'; }
same_head() { [ -n "$(head_of "$scratch/store.db")" ] && [ "$(head_of "$scratch/store.db")" = "$(head_of "$scratch/elsewhere/new.db")" ]; }
refuses_touched() {
	cp "$(backup_file)" "$scratch/touched"
	printf 'X' | dd of="$scratch/touched" bs=1 seek=100000 conv=notrunc status=none
	! (cd "$scratch/backups" && sitovka verify --backup "$scratch/touched" --key "$scratch/backup.key")
}

check "a backup of the sample is made" prepare
check "it is rehearsed where there is no store" rehearse
check "and nothing stays behind" leaves_nothing
check "it is restored into an empty folder" restore
check "where the trail has the same head" same_head
check "one changed byte is found" refuses_touched
finish
