# shellcheck shell=bash
# tests/tap.sh: counting for scripts. check SENTENCE COMMAND…: the command's output is shown when it fails. finish: the last line.
tap_passed=0 tap_failed=0

check() {
	local sentence=$1 output
	shift
	if output=$("$@" 2>&1); then
		tap_passed=$((tap_passed + 1))
		echo "ok $((tap_passed + tap_failed)) - $sentence"
	else
		tap_failed=$((tap_failed + 1))
		printf 'not ok %d - %s\n%s\n' $((tap_passed + tap_failed)) "$sentence" "# ${output//$'\n'/$'\n'# }"
	fi
}

finish() {
	echo "1..$((tap_passed + tap_failed))"
	echo "$tap_passed passed, $tap_failed failed"
	[ "$tap_failed" = 0 ]
}
