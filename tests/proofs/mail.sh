#!/bin/bash
# tests/proofs/mail.sh [long]: letters of the running program through a real SMTP server on loopback: STARTTLS and a password, an address that comes
# later (long: it takes a minute), one that is refused, a wrong password; the program is killed while the server holds its answer back.
# Needs $SITOVKA or build/sitovka, python3-aiosmtpd, openssl.
set -u
cd "$(dirname "$0")/../.." || exit 1
. tests/tap.sh
sitovka=${SITOVKA:-build/sitovka}
work=$(mktemp -d "${TMPDIR:-/tmp}/sitovka-mail-XXXXXX")
db=$work/sit.db mail=$work/mail
# check runs its command in a shell of its own: numbers of processes lie in files
end_of() { [ ! -s "$work/$1.pid" ] || kill "$2" "$(cat "$work/$1.pid")" 2>/dev/null; }
cleanup() {
	end_of program -TERM
	end_of server -TERM
	sleep 1
	rm -rf "$work"
}
trap cleanup EXIT

run() { "$sitovka" "$@" --db "$db" >>"$work/out" 2>&1; }
set_to() { run config set "$1" "$2" || { echo "config set $1 fails" && cat "$work/out"; }; }

start_server() {
	mkfifo "$work/hold" 2>/dev/null
	(exec 3<>"$work/hold"; exec /usr/bin/python3 tests/support/smtp_server.py "$mail" "$@" <&3 >"$work/port" 2>"$work/server.log") &
	echo $! >"$work/server.pid"
	for _ in $(seq 100); do [ -s "$work/port" ] && break; sleep 0.1; done
	port=$(cat "$work/port")
}
start_program() {
	: >"$work/serve.log"
	"$sitovka" serve --db "$db" --listen 127.0.0.1:0 --mail-password "$work/password" --mail-ca "$mail/cert.pem" --quiet >"$work/serve.log" 2>&1 &
	echo $! >"$work/program.pid"
	for _ in $(seq 300); do grep -q http:// "$work/serve.log" && return; sleep 0.1; done
}
letter_to() { run mail-test "$1"; }
# wait for something to become true, at most half a minute
until_true() {
	for _ in $(seq 150); do "$@" >/dev/null 2>&1 && return; sleep 0.2; done
	echo "never came true: $*"
	tail -n 5 "$work/serve.log" "$mail/talk.log"
	return 1
}
letters_at_least() { [ "$(find "$mail" -name '*.eml' | wc -l)" -ge "$1" ]; }
said() { grep -q -- "$1" "$mail/talk.log"; }

arrives() {
	letter_to jana@example.org && until_true letters_at_least 1 &&
		[ "$(/usr/bin/python3 tests/support/read_letter.py "$mail/001.eml" Subject)" = "Síťovka: zkušební dopis" ] &&
		/usr/bin/python3 tests/support/read_letter.py "$mail/001.eml" text | grep -q 'pošta z aplikace http.* odchází správně' &&
		said 'RCPT jana@example.org tls auth'
}
refused_does_not_stop_others() {
	letter_to neznamy.a@example.org && letter_to petr@example.org && until_true said 'DATA petr@example.org' && said 'RCPT neznamy.a@example.org'
}
comes_again() {
	letter_to pozde1.a@example.org && until_true said 'RCPT pozde1.a@example.org' && for _ in $(seq 400); do said 'DATA pozde1.a@example.org' && return; sleep 0.2; done
	echo "the second attempt never came" && return 1
}
killed_and_not_lost() {
	letter_to ceka.a@example.org && until_true said 'DATA ceka.a@example.org'
	end_of program -KILL && sleep 0.5
	touch "$mail/pust"
	start_program
	letter_to potom@example.org && until_true said 'DATA potom@example.org' || return 1
	# it is taken by the dead process for five minutes; until then nobody sends it a second time
	[ "$(grep -c 'DATA ceka.a@example.org' "$mail/talk.log")" = 1 ]
}
wrong_password_is_told() {
	printf 'jiné heslo' >"$work/password"
	letter_to heslo@example.org && until_true said 'AUTH .* refused' || return 1
	! said 'RCPT heslo@example.org' && "$sitovka" doctor --db "$db" 2>&1 | grep -q 'nepřijal přihlašovací jméno nebo heslo'
}

mkdir -p "$mail"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
	-keyout "$mail/key.pem" -out "$mail/cert.pem" 2>/dev/null
(umask 077 && printf 'tajné heslo\n' >"$work/password")
start_server --starttls --auth 'sit:tajné heslo'
run init
set_to mail.host localhost
set_to mail.port "$port"
set_to mail.user sit
set_to mail.from sit@kraj.example.org
start_program

check "a letter of the running program arrives by STARTTLS with a password and reads as it was written" arrives
check "an address that the server refuses does not hold up the others" refused_does_not_stop_others
[ "${1:-}" != long ] || check "what the server wants later comes again" comes_again
check "a program killed while the server thinks loses no letter and sends none twice before its time" killed_and_not_lost
check "a wrong password stops the mail and doctor says so" wrong_password_is_told
finish
