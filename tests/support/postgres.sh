#!/bin/sh
# postgres.sh COMMAND…: runs the command beside a private PostgreSQL and removes it afterwards, also after a failure or a signal.
# The command finds the server in SITOVKA_TEST_DB. Started as root, the server runs as the user postgres (or nobody).
set -eu

bin=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
PATH="$PATH:$bin"
# Memory when there is plenty of it: databases are made and dropped all the time.
room=$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 { print $4 }')
if [ "${room:-0}" -gt 1000000 ] && [ -w /dev/shm ]; then base=/dev/shm; else base=${TMPDIR:-/tmp}; fi
dir=$(mktemp -d "$base/sitovka-pg-XXXXXX")
command=

as_server() {
	if [ "$(id -u)" -ne 0 ]; then
		"$@"
	elif id postgres >/dev/null 2>&1; then
		setpriv --reuid=postgres --regid=postgres --clear-groups "$@"
	else
		setpriv --reuid=nobody --regid=nogroup --clear-groups "$@"
	fi
}

# shellcheck disable=SC2317  # a trap calls it
stop() {
	trap '' INT TERM HUP
	if [ -n "$command" ]; then
		kill "$command" 2>/dev/null || true
	fi
	if [ -f "$dir/data/postmaster.pid" ]; then
		as_server pg_ctl -D "$dir/data" -m immediate -w stop >/dev/null 2>&1 || true
	fi
	rm -rf "$dir"
}
trap stop EXIT
trap 'exit 130' INT TERM HUP

if [ "$(id -u)" -eq 0 ]; then
	chown "$(as_server id -u):$(as_server id -g)" "$dir"
fi
# The directory stays private: whoever may enter it is the administrator of this server.
cd "$dir"
as_server initdb -D "$dir/data" -U sitovka -A trust --encoding=UTF8 --locale=C --no-sync >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
as_server pg_ctl -D "$dir/data" -l "$dir/log.server" -w -o "-c listen_addresses='' -c unix_socket_directories='$dir' -c fsync=off \
	-c full_page_writes=off -c synchronous_commit=off -c max_connections=60 -c shared_buffers=64MB" start >/dev/null 2>&1 \
	|| { cat "$dir/log.server" >&2; exit 1; }
cd "$OLDPWD"

SITOVKA_TEST_DB="postgresql:///postgres?host=$dir&user=sitovka"
export SITOVKA_TEST_DB
"$@" &
command=$!
code=0
wait "$command" || code=$?
command=
exit "$code"
