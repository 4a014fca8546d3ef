/* hearing_demo.c: the hearing of the plan 2024–2026 as it was announced (day, hours, room), and two that are still to come. Seats, people and minutes are
 * invented. */
#include "core/access.h"
#include "domain/consultation/inside.h"
#include "domain/people/demo.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)

typedef struct Guest { const char *name, *organisation, *role; } Guest;
static const Guest guests[] = {
	{"Jana Ukázková", "", "občanka"}, {"Petr Příkladný", "Město Ukázkov", "starosta"}, {"Marie Vzorová", "Domov U Lípy, p. o.", "vedoucí služby"},
	{"Karel Zkušební", "", "pečující"}, {"Eva Modelová", "Obec Vzorná", "místostarostka"}, {"Josef Cvičný", "Charita Ukázka", "ředitel"},
	{"Alena Smyšlená", "", "občanka"}, {"Tomáš Fiktivní", "Spolek Ukázka, z. s.", "koordinátor"}, {"Hana Příkladová", "Město Ukázkov", "sociální odbor"},
	{"Pavel Ukázkový", "", "senior"}, {"Lenka Vzorná", "Denní stacionář Ukázka", "pracovnice v sociálních službách"}, {"Jiří Zkušený", "Obec Příklad", "zastupitel"},
	{"Věra Cvičená", "", "pečující"}, {"Milan Modelový", "Poradna Ukázka, z. ú.", "sociální pracovník"}, {"Olga Příkladná", "", "občanka"},
};

static void go_to(Ctx *c, Instant t) {
	c->now = t;
	c->today = prague_day(t);
}

static Hearing *draft(Ctx *c, const char *title, Date day, i64 capacity, i64 reserved) {
	Hearing *h = entity_new(c->arena, &hearing_entity);
	h->title = str_c(title);
	h->day = day;
	h->starts = S("9:00");
	h->ends = S("11:00");
	h->building = S("Krajský úřad");
	h->capacity = capacity;
	h->reserved = reserved;
	h->policy = S("first_come");
	h->contact = S("Koordinátor plánu, odbor sociálních věcí");
	h->contact_email = S("planovani@example.org");
	return h;
}

static Err publish(Ctx *c, Hearing *h) {
	TRY(hearing_add(c, h));
	TRY(workflow_do(c, &hearing_machine, h->head.id, "publish", NULL));
	return hearing_load(c, h->head.id, &h);
}

/* Without letters: nobody of them exists. */
static Err come(Ctx *c, Id hearing, size_t i, Id *ret) {
	Hearing  *h;
	Signup   *s;
	SignupNew n = {.name = str_c(guests[i].name), .organisation = str_c(guests[i].organisation), .role = str_c(guests[i].role), .consent = true};
	n.email = str_format(c->arena, "host%zu@example.org", i + 1);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(hearing_load(c, hearing, &h));
	TRY(signup_make(c, h, &n, "sign_up", i % 4 == 3 ? S("phone") : S("web"), false, &s));
	TRY(signup_place_it(c, h, s->head.id));
	*ret = s->head.id;
	return tx_commit(&tx);
}

static Err come_all(Ctx *c, Id hearing, size_t count, Id *ids) {
	for (size_t i = 0; i < count; i++) {
		c->now.ms += 40 * 60 * 1000;
		c->today = prague_day(c->now);
		TRY(come(c, hearing, i, &ids[i]));
	}
	return OK;
}

/* ---- 16 November 2023 ---- */

static Err past_door(Ctx *c, Id hearing, const Id *ids, size_t came) {
	Signup *s;
	go_to(c, prague_instant(date(2023, 11, 16), 8 * 3600 + 40 * 60));
	for (size_t i = 0; i < came; i++) {
		TRY(signup_load(c, ids[i], &s));
		TRY(signup_check_in(c, hearing, s->code, &s));
	}
	return OK;
}

static Err past_minutes(Ctx *c, Id hearing, const Actor *planner, const Actor *head) {
	static const char text[] =
		"Projednání zahájil koordinátor plánu. Představil návrh plánu na roky 2024–2026, jeho pět částí a přílohy.\n\n"
		"V diskusi zazněly dotazy na dostupnost terénních služeb v menších obcích, na financování odlehčovacích služeb a na to, jak se budou vypořádávat připomínky z 1.–14. listopadu.\n\n"
		"Odbor odpověděl, že připomínky vypořádá písemně a vypořádání zveřejní před jednáním zastupitelstva.";
	Hearing *h;
	go_to(c, prague_instant(date(2023, 11, 16), 11 * 3600 + 10 * 60));
	TRY(workflow_do(c, &hearing_machine, hearing, "hold", NULL));
	go_to(c, prague_instant(date(2023, 11, 20), 10 * 3600));
	TRY(hearing_load(c, hearing, &h));
	TRY(hearing_write_minutes(c, hearing, h->head.version, str_c(text), NULL, NULL));
	c->actor = head;
	go_to(c, prague_instant(date(2023, 11, 21), 9 * 3600));
	TRY(workflow_do(c, &hearing_machine, hearing, "verify", NULL));
	c->actor = planner;
	return workflow_do(c, &hearing_machine, hearing, "publish_minutes", NULL);
}

static Err past(Ctx *c, const Actor *planner, const Actor *head) {
	Id       ids[LEN(guests)];
	i64      gone;
	Hearing *h = draft(c, "Veřejné projednání návrhu plánu 2024–2026", date(2023, 11, 16), 40, 4);
	h->building = S("Krajský úřad Libereckého kraje");
	h->room = S("3. patro, místnost 326a");
	h->signup_day = date(2023, 11, 14);
	h->about = S("Střednědobý plán rozvoje sociálních služeb Libereckého kraje na roky 2024–2026.\n\nDen, hodiny a místnost odpovídají skutečnému projednání; počet míst, přihlášky a zápis jsou ukázková data.");
	go_to(c, prague_instant(date(2023, 11, 1), 8 * 3600));
	TRY(publish(c, h));
	TRY(come_all(c, h->head.id, 12, ids));
	go_to(c, prague_instant(date(2023, 11, 15), 0));
	TRY(workflow_system(c, &hearing_machine, h->head.id, "expire", (Str){0}));
	TRY(past_door(c, h->head.id, ids, 9));
	TRY(past_minutes(c, h->head.id, planner, head));
	go_to(c, prague_instant(date(2024, 1, 20), 3 * 3600));
	c->actor = &actor_program;
	Err e = hearing_retention[0].run(c, (Instant){c->now.ms - 60 * DAY_MS}, &gone);
	c->actor = planner;
	return e;
}

/* ---- to come ---- */

/* The third Wednesday or later from a day: far enough to be announced in time. */
static Date wednesday_after(Date day) {
	while (date_weekday(day) != 3)
		day = date_add(day, 1);
	return day;
}

static Err coming(Ctx *c, Instant now) {
	Id       ids[LEN(guests)];
	Hearing *h = draft(c, "Veřejné projednání návrhu plánu 2027–2029", wednesday_after(date_add(prague_day(now), 21)), 60, 5);
	h->room = S("3. patro, místnost 326a");
	h->signup_day = date_add(h->day, -2);
	h->signup_time = S("12:00");
	h->accessibility = S("Bezbariérový vstup z hlavní ulice, výtah, indukční smyčka. Tlumočení do znakového jazyka zajistíme, napíšete-li to do přihlášky týden předem.");
	h->about = S("Představíme návrh plánu rozvoje sociálních služeb na roky 2027–2029, co se v něm po připomínkách změnilo a jaké služby v kterém území přibudou.\n\nNa dotazy odpoví odbor sociálních věcí. Podněty zapíšeme a vypořádáme stejně jako písemné připomínky.");
	go_to(c, (Instant){now.ms - DAY_MS});
	TRY(publish(c, h));
	return come_all(c, h->head.id, 14, ids);
}

/* A small room that is full: some wait. */
static Err full(Ctx *c, Instant now) {
	Id       ids[LEN(guests)];
	const Unit *tanvald = territory_by_slug(c, LEVEL_DISTRICT, S("tanvald"));
	Hearing    *h = draft(c, "Setkání nad potřebami území Tanvaldska", wednesday_after(date_add(prague_day(now), 28)), 6, 0);
	h->district = tanvald ? tanvald->id : BLANK;
	h->starts = S("15:30");
	h->ends = S("17:00");
	h->building = S("Městský úřad");
	h->room = S("malá zasedací místnost, 1. patro");
	h->signup_day = date_add(h->day, -1);
	h->policy = S("per_organisation");
	h->quota = 1;
	go_to(c, (Instant){now.ms - DAY_MS});
	TRY(publish(c, h));
	return come_all(c, h->head.id, 9, ids);
}

Err hearing_demo(Ctx *c) {
	Actor        planner, head;
	const Actor *before = c->actor;
	Instant      now = c->now;
	TRY(people_demo_actor(c, "planovac@demo.invalid", &planner));
	TRY(people_demo_actor(c, "vedouci@demo.invalid", &head));
	c->actor = &planner;
	Err e = past(c, &planner, &head);
	e = e == OK ? coming(c, now) : e;
	e = e == OK ? full(c, now) : e;
	c->actor = before;
	go_to(c, now);
	return e;
}
