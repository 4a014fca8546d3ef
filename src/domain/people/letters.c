/* letters.c: letters about accounts. Their texts may be edited in the application. */
#include "base/format.h"
#include "domain/people/inside.h"

const MailKind people_mails[PEOPLE_MAILS] = {
	{"people.invitation", "Pozvánka k účtu", "Dostane ten, komu správce založil účet.", NULL, "jmeno odkaz platnost",
	 "Pozvánka do aplikace Síť sociálních služeb",
	 "Dobrý den, {jmeno},\n\nmáte založený účet v aplikaci {adresa}. Heslo si zvolíte na této stránce:\n\n{odkaz}\n\n"
	 "Odkaz funguje jednou, do {platnost}. Pokud účet nečekáte, nic nedělejte a dejte nám vědět.\n\n{kraj}, {odbor}\n",
	 .secret = true},
	{"people.reset", "Zapomenuté heslo", "Dostane ten, kdo požádal o nové heslo.", NULL, "jmeno odkaz platnost",
	 "Nové heslo",
	 "Dobrý den, {jmeno},\n\nnové heslo si zvolíte na této stránce:\n\n{odkaz}\n\n"
	 "Odkaz funguje jednou, do {platnost}. O nové heslo jste nežádali? Pak nic nedělejte: dosavadní heslo platí dál.\n\n{kraj}, {odbor}\n",
	 .secret = true},
	{"people.email", "Potvrzení nového e-mailu", "Přijde na novou adresu účtu.", NULL, "jmeno odkaz platnost",
	 "Potvrďte svůj e-mail",
	 "Dobrý den, {jmeno},\n\ntato adresa má být novým přihlašovacím jménem vašeho účtu. Potvrďte ji na stránce:\n\n{odkaz}\n\n"
	 "Odkaz funguje jednou, do {platnost}.\n\n{kraj}, {odbor}\n",
	 .secret = true},
	{"people.device", "Přihlášení z nového zařízení", "Dostane ten, kdo se přihlásil odjinud než dosud.", NULL, "jmeno zarizeni cas stranka",
	 "Přihlášení z nového zařízení",
	 "Dobrý den, {jmeno},\n\nk vašemu účtu se {cas} přihlásilo zařízení, které jsme dosud neviděli:\n\n{zarizeni}\n\n"
	 "Byli jste to vy? Pak nemusíte nic dělat. Pokud ne, změňte si hned heslo a ukončete ostatní přihlášení: {stranka}\n\n{kraj}, {odbor}\n"},
	{"people.security", "Změna zabezpečení účtu", "Změna hesla, ověřovací aplikace, klíčů nebo e-mailu.", NULL, "jmeno zprava stranka",
	 "Změna zabezpečení vašeho účtu",
	 "Dobrý den, {jmeno},\n\n{zprava}\n\nJestli jste to nebyli vy, změňte si hned heslo a dejte nám vědět: {stranka}\n\n{kraj}, {odbor}\n"},
};

static Err send(Ctx *c, const char *kind, Id account, MailHole *holes, size_t count) {
	Str login;
	TRY(account_names(c, account, &login, &holes[0].value));
	return mail_add(c, kind, account, login, holes, count);
}

static Str own_page(Ctx *c) {
	return str_cat(c->arena, mail_origin(), S("/app/ucet"));
}

Err letter_new_device(Ctx *c, Id account, Str address, Str device) {
	CLEANUP(buf_free) Buf when = {0};
	fmt_instant(&when, c->now);
	MailHole holes[] = {{"jmeno", {0}},
	                    {"zarizeni", str_format(c->arena, "%.*s, síťová adresa %.*s", STR_ARG(device.len ? device : S("neznámý prohlížeč")), STR_ARG(address))},
	                    {"cas", buf_take(&when, c->arena)},
	                    {"stranka", own_page(c)}};
	return send(c, "people.device", account, holes, LEN(holes));
}

Err letter_security(Ctx *c, Id account, Str what) {
	MailHole holes[] = {{"jmeno", {0}}, {"zprava", what}, {"stranka", own_page(c)}};
	return send(c, "people.security", account, holes, LEN(holes));
}
