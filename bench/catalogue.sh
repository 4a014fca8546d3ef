# shellcheck shell=bash disable=SC2154  # base is of bench/common.sh
# bench/catalogue.sh: addresses of the catalogue, for the parts that ask for them. After bench/common.sh and start_server.

# combinations SEED COUNT: searches with filters and orders, no two alike
combinations() {
	awk -v seed="$1" -v wanted="$2" 'BEGIN {
		srand(seed)
		words = split("dom domov centrum pece pecovatelska poradna poradenstvi senior denni osobni asistence rodina rodiny socialni sluzba sluzby " \
			"aktivizacni prevence stacionar bydleni dum krizova pomoc odborne odlehcovaci rehabilitace terenni program zarizeni chranene " \
			"nizkoprahove azylovy noclehar zdravotni rana dilny charita z o p u lib pra brn ost pl ces kar ust hra par jih olo zli vy", q, " ")
		forms = split("- - ter amb pob ter,amb ter,pob amb,pob", form, " ")
		groups = split("- - - seniori zdravotni telesne mentalni rodiny chronicky 1 2 3 4", group, " ")
		ages = split("- - - 19-26 27-64 65-80 16-18", age, " ")
		orders = split("- nazev -nazev poskytovatel -poskytovatel obec -obec", order, " ")
		for (n = 0; n < wanted;) {
			s = "/katalog?q=" q[1 + int(rand() * words)]
			m = split(form[1 + int(rand() * forms)], parts, ",")
			for (i = 1; i <= m; i++) if (parts[i] != "-") s = s "&forma=" parts[i]
			x = group[1 + int(rand() * groups)]; if (x != "-") s = s "&pro=" x
			x = age[1 + int(rand() * ages)]; if (x != "-") s = s "&vek=" x
			x = order[1 + int(rand() * orders)]; if (x != "-") s = s "&radit=" x
			if (!(s in seen)) { seen[s]; print s; n++ }
		}
	}'
}

# full_pages FROM TO DIR: those of the addresses of FROM whose page shows 25 services, appended to TO; pages are fetched into DIR
full_pages() {
	mkdir -p "$3"
	awk -v base="$base" -v dir="$3" '{ printf "url = \"%s%s\"\noutput = \"%s/%d.html\"\n", base, $0, dir, NR }' "$1" | curl -s -K -
	awk 'FNR == 1 { n++; page[n] = FILENAME } { rows[n] += gsub(/scope="row"><a href="\/katalog\/sluzba\//, "") }
		END { for (i = 1; i <= n; i++) if (rows[i] == 25) print page[i] }' $(seq -f "$3/%.0f.html" "$(wc -l <"$1")") |
		sed 's|.*/||; s|\.html$||' | sort -n >"$3/full"
	awk 'NR == FNR { full[$1]; next } FNR in full' "$3/full" "$1" >>"$2"
}

# all_services: the address of every service, as the site map tells them
all_services() { curl -s "$base/sitemap.xml" | grep -oE '/katalog/sluzba/[^<]+'; }
