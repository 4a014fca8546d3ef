#!/bin/bash
# tools/packages.sh GROUP…: install the packages of packages.list that are missing. Nothing missing: quiet, a few milliseconds.
set -eu
cd "$(dirname "$0")/.."

wanted=$(for group in "$@"; do sed -n "s/^$group: *//p" packages.list; done)
# one question to dpkg for all of them; it names only those that are really installed
# shellcheck disable=SC2016  # a format of dpkg, not of the shell
installed=" $(for entry in $wanted; do echo "${entry%%=*}"; done |
	xargs dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p' | tr '\n' ' ') "

missing=()
for entry in $wanted; do
	package=${entry%%=*}
	case $installed in *" $package "*) continue ;; esac
	case $entry in *=*) command -v "${entry#*=}" >/dev/null && continue ;; esac
	missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
	if ! command -v sudo >/dev/null; then
		echo "Chybí balíčky: ${missing[*]}. Nainstalujte je jako správce (root), nebo si nainstalujte sudo." >&2
		echo "Packages are missing: ${missing[*]}. Install them as root, or install sudo." >&2
		exit 1
	fi
	as_root=(sudo)
fi
if ! command -v apt-get >/dev/null; then
	echo "Toto není Debian: nainstalujte sami obdobu balíčků ${missing[*]}. (Not a Debian: install these yourself.)" >&2
	exit 1
fi

echo "Instaluji: ${missing[*]}"
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
