/* signup_mail.c: letters to people who signed up. Each later letter carries the signed link by which the sign-up can be changed or given up. */
#include "core/deadline.h"
#include "core/settings.h"
#include "domain/consultation/inside.h"

#include "domain/consultation/signup.sql.h"
#include "domain/consultation/hearing.sql.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)
#define GREETING "Dobrý den,\n\n"
#define WHAT "{nazev}\n{kdy}\n{kde}\n"
#define CHANGE "\nPotřebujete něco změnit, nebo nemůžete přijít? Odkaz je jen pro vás:\n{odkaz}\n"
#define FOOT "\n{kontakt}\n\n{kraj}, {odbor}\n"

const MailKind hearing_mails[9] = {
	{"hearing.confirm", "Projednání: potvrzení přihlášky", "Dostane ten, kdo se přihlásil na webu; bez potvrzení přihláška neplatí.", NULL,
	 "nazev kdy kde odkaz do kontakt", "Potvrďte přihlášku na projednání",
	 GREETING "někdo, zřejmě vy, se s touto adresou přihlásil na projednání:\n\n" WHAT "\nPřihlášku potvrďte do {do}:\n{odkaz}\n\nBez potvrzení přihláška neplatí a údaje se smažou. "
	 "Pokud jste se nepřihlásili, nemusíte nic dělat.\n" FOOT, .secret = true},
	{"hearing.confirmed", "Projednání: máte místo", "Po potvrzení přihlášky, když je místo.", NULL, "nazev kdy kde kod odkaz ics kontakt", "Máte místo na projednání",
	 GREETING "vaše přihláška je potvrzená a máte místo:\n\n" WHAT "\nKód pro vchod: {kod}\n\nDo kalendáře: {ics}\n" CHANGE FOOT, .secret = true},
	{"hearing.waiting", "Projednání: čekáte na místo", "Po potvrzení přihlášky, když už místo není.", NULL, "nazev kdy kde poradi odkaz kontakt",
	 "Projednání je obsazené, čekáte v pořadí",
	 GREETING "přihláška je potvrzená, všechna místa jsou ale obsazená. Jste v pořadí čekajících:\n\n" WHAT "\nVaše pořadí: {poradi}\nUvolní-li se místo, hned vám napíšeme.\n" CHANGE FOOT,
	 .secret = true},
	{"hearing.promoted", "Projednání: uvolnilo se místo", "Když na čekajícího vyjde řada.", NULL, "nazev kdy kde kod odkaz ics kontakt", "Uvolnilo se pro vás místo na projednání",
	 GREETING "uvolnilo se místo a je vaše:\n\n" WHAT "\nKód pro vchod: {kod}\n\nDo kalendáře: {ics}\n" CHANGE FOOT, .secret = true},
	{"hearing.already", "Projednání: už jste přihlášeni", "Když se tatáž osoba přihlásí podruhé.", NULL, "nazev kdy kde odkaz kontakt", "Na projednání už jste přihlášeni",
	 GREETING "na toto projednání už přihlášku máte, druhá se nezakládá:\n\n" WHAT CHANGE FOOT, .secret = true},
	{"hearing.withdrawn", "Projednání: přihláška zrušena", "Když se člověk odhlásí, nebo přihlášku zruší úřad.", NULL, "nazev kdy duvod kontakt", "Přihláška na projednání je zrušená",
	 GREETING "přihláška na projednání je zrušená:\n\n{nazev}\n{kdy}\n{duvod}" FOOT},
	{"hearing.changed", "Projednání: změna místa nebo času", "Všem přihlášeným, když se změní místo nebo čas.", NULL, "nazev kdy kde odkaz kontakt", "Změna projednání",
	 GREETING "u projednání, na které jste přihlášeni, se změnilo místo nebo čas. Nově platí:\n\n" WHAT CHANGE FOOT, .secret = true},
	{"hearing.cancelled", "Projednání: zrušeno", "Všem přihlášeným, když se projednání zruší.", NULL, "nazev kdy duvod kontakt", "Projednání je zrušené",
	 GREETING "projednání, na které jste se přihlásili, je zrušené:\n\n{nazev}\n{kdy}\n\nDůvod: {duvod}\n" FOOT},
	{"hearing.reminder", "Projednání: připomínka", "Těm, kdo mají místo, několik dnů předem.", NULL, "nazev kdy kde kod odkaz ics kontakt", "Připomínka projednání",
	 GREETING "připomínáme projednání, na kterém máte místo:\n\n" WHAT "\nKód pro vchod: {kod}\n" CHANGE FOOT, .secret = true},
};

static Str contact_words(Ctx *c, const Hearing *h) {
	Strs parts = {0};
	strs_add(c->arena, &parts, h->contact);
	if (h->contact_email.len)
		strs_add(c->arena, &parts, h->contact_email);
	if (h->contact_phone.len)
		strs_add(c->arena, &parts, h->contact_phone);
	return str_format(c->arena, "Kontakt: %.*s", STR_ARG(str_join(c->arena, S(", "), parts)));
}

static Str address_of(Ctx *c, const char *path, Str rest) {
	return str_format(c->arena, "%.*s%s%.*s", STR_ARG(mail_origin()), path, STR_ARG(rest));
}

/* Holes of any of the letters; each gets those that it names. */
static Err send(Ctx *c, const char *kind, const MailHole *all, size_t count, Str to) {
	const MailKind *k = mail_kind_find(str_c(kind));
	MailHole holes[16];
	size_t   n = 0;
	CHECK(k && count <= LEN(holes));
	for (size_t i = 0; i < count; i++)
		if (words_have(k->holes, str_c(all[i].name)))
			holes[n++] = all[i];
	return mail_add(c, kind, 0, to, holes, n);
}

Err signup_tell(Ctx *c, const char *kind, const Hearing *h, const Signup *s, Str reason) {
	i64 place;
	if (!s->email.len)
		return OK;
	TRY(signup_place(c, s, &place));
	MailHole holes[] = {
		{"nazev", h->title}, {"kdy", hearing_when(c->arena, h)}, {"kde", hearing_where(c->arena, h)}, {"kod", signup_code_shown(c->arena, s->code)},
		{"odkaz", address_of(c, "/projednani/prihlaska/", signup_link(c->arena, s))},
		{"ics", address_of(c, "/projednani/", str_format(c->arena, "%lld/kalendar.ics", (long long)h->head.id))}, {"kontakt", contact_words(c, h)},
		{"poradi", str_format(c->arena, "%lld.", (long long)place)}, {"duvod", reason},
	};
	return send(c, kind, holes, LEN(holes), s->email);
}

Err signup_tell_confirm(Ctx *c, const Hearing *h, const Signup *s, Str token, Instant until) {
	MailHole holes[] = {
		{"nazev", h->title}, {"kdy", hearing_when(c->arena, h)}, {"kde", hearing_where(c->arena, h)}, {"odkaz", address_of(c, "/projednani/potvrzeni/", token)},
		{"do", deadline_until(c->arena, until)}, {"kontakt", contact_words(c, h)},
	};
	return send(c, "hearing.confirm", holes, LEN(holes), s->email);
}

/* ---- to many ---- */

static Err tell_state(Ctx *c, const Hearing *h, const char *state, const char *kind) {
	Signups list;
	TRY(signup_load_all(c, db_query(ctx_conn(c), &sql_signup_ids, P(V(h->head.id), V(str_c(state)))), &list));
	for (size_t i = 0; i < list.len; i++)
		TRY(signup_tell(c, kind, h, list.at[i], (Str){0}));
	return OK;
}

Err signup_tell_changed(Ctx *c, const Hearing *h) {
	TRY(tell_state(c, h, SIGNUP_CONFIRMED, "hearing.changed"));
	return tell_state(c, h, SIGNUP_WAITLISTED, "hearing.changed");
}

/* Whoever marks the row writes the letter: one, however many processes look. */
static Err remind_one(Ctx *c, const Hearing *h, const Signup *s, i64 *sent) {
	i64 marked;
	if (db_run(c->conn, &sql_signup_reminded, P(V(s->head.id), V(c->now)), &marked) != OK)
		return fail_internal(c, "reminder");
	*sent += marked;
	return marked ? signup_tell(c, "hearing.reminder", h, s, (Str){0}) : OK;
}

static Err remind_hearing(Ctx *c, Id hearing, i64 *sent) {
	Hearing *h;
	Signups  list;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(hearing_load(c, hearing, &h));
	TRY(signup_load_all(c, db_query(c->conn, &sql_signup_to_remind, P(V(hearing))), &list));
	for (size_t i = 0; i < list.len; i++)
		TRY(remind_one(c, h, list.at[i], sent));
	return tx_commit(&tx);
}

Err signup_remind(Ctx *c, i64 *sent) {
	Ids  ids = {0};
	i64  days = setting_int(c, "hearing.reminder_days");
	*sent = 0;
	if (days == 0)
		return OK;
	Rows rows = db_query(ctx_conn(c), &sql_hearing_to_remind, P(V(c->now), V((Instant){c->now.ms + days * DAY_MS})));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ids.at, ids.len, ids.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "reminders");
	for (size_t i = 0; i < ids.len; i++)
		TRY(remind_hearing(c, ids.at[i], sent));
	return OK;
}
