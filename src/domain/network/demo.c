/* demo.c: the sample network as it would be if the region had kept it here from its first version on: each version is recorded on the day when the assembly decided,
 * some facts were put right weeks later. Everything is derived from the sample register, by dice that always fall the same. */
#include "domain/network/demo.h"

#include "core/codelist.h"
#include "domain/network/demo_inside.h"
#include "domain/people/demo.h"

enum { YEARS_BACK = 6, PER_YEAR = 6 };

static Err assembly(Ctx *c, Id *ret) {
	EntityList bodies;
	ListFilter f = {.field = entity_field(&organisation_entity, S("kind")), .value = S("body")};
	TRY(entity_list(c, &organisation_entity, &(ListQuery){.filters = &f, .filter_count = 1, .limit = -1}, &bodies));
	for (size_t i = 0; i < bodies.len; i++)
		if (str_starts(((Organisation *)bodies.at[i])->name, S("Zastupitelstvo"))) {
			*ret = ((EntityHead *)bodies.at[i])->id;
			return OK;
		}
	Organisation o = {.kind = S("body"), .name = S("Zastupitelstvo kraje"), .ref = BLANK};
	TRY(entity_insert(c, &organisation_entity, &o));
	*ret = o.head.id;
	return OK;
}

/* A number that no other resolution of the sample has. */
static Err decide(NetworkTale *t, Date day) {
	int year, month, d;
	date_parts(day, &year, &month, &d);
	Ctx *c = t->c;
	for (int no = month * 38 + 3;; no++) {
		Resolution other;
		size_t     said = c->problems.len;
		t->resolution = str_format(c->arena, "%d/%02d/ZK", no, year % 100);
		if (resolution_by_number(c, t->resolution, &other) == OK)
			continue;
		c->problems.len = said;
		break;
	}
	return resolution_add(c, &(ResolutionNew){.number = t->resolution, .body = t->assembly, .decided_on = day, .result = S("approved"),
		.title = str_format(c->arena, "Aktualizace Základní sítě sociálních služeb, verze %.*s", STR_ARG(t->version->number)),
		.text = S("Zastupitelstvo kraje schvaluje aktualizaci Základní sítě sociálních služeb.\n\n(Ukázkové znění.)")}, &t->resolution_id);
}

static Err write_version(NetworkTale *t, int year, int no, int month) {
	Ctx  *c = t->c;
	bool  yearly = no == 1;
	t->from = date(year, month, 1);
	Date decided = date_add(t->from, yearly ? -15 : -12);
	t->known = prague_instant(decided, 16 * 3600 + (i32)(demo_dice((u64)year, (u64)no, 1) % 3600));
	history_record_at(c, t->known);
	NetworkVersion *before = t->version;
	t->version_no++;
	t->version = entity_new(c->arena, &network_version_entity);
	t->version->network = t->network->head.id;
	t->version->number = str_format(c->arena, "%d/%d", year, no);
	t->version->title = yearly ? str_format(c->arena, "Základní síť na rok %d", year) : str_format(c->arena, "Aktualizace sítě od %d. %d. %d", 1, month, year);
	t->version->effective_from = t->from;
	t->version->base = before ? before->head.id : 0;
	t->version->note = S("Ukázková data.");
	TRY(decide(t, decided));
	TRY(workflow_start(c, &network_version_machine, "take_over", t->version, &(WorkInput){.resolution = t->resolution}));
	return demo_changes(t, yearly);
}

/* Who asked and was not taken in, with each yearly version. */
static Err exclusions(NetworkTale *t, u64 turn) {
	static const struct { const char *reason, *text; } whys[] = {
		{"penize", "Výhled financování na další službu tohoto druhu nestačí. Poskytovatel může žádat znovu v příští výzvě."},
		{"body", "V hodnocení služba nedosáhla hranice pro zařazení; hodnocení poskytovatel dostal."},
		{"duplicita", "V obvodu služba stejného druhu už je a má volnou kapacitu."},
		{"potreba", "Obec ani obvod potřebu služby nepotvrdily."},
		{"podminky", "Žádost nedoložila personální zajištění, které metodika požaduje."},
	};
	Ctx *c = t->c;
	for (size_t i = 0, made = 0; i < t->count && made < 3; i++) {
		DemoService *s = &t->services[(i + demo_dice(turn, 30, 0)) % t->count];
		if (s->line || date_after(s->from, t->from) || demo_dice((u64)s->id, turn, 31) % 3)
			continue;
		size_t why = demo_dice((u64)s->id, turn, 32) % LEN(whys);
		Exclusion *x = entity_new(c->arena, &network_exclusion_entity);
		x->by_version = t->version->head.id;
		x->service = s->id;
		x->provider = s->provider;
		x->name = s->name;
		x->kind = s->kind;
		x->reason = str_c(whys[why].reason);
		x->text = str_c(whys[why].text);
		x->decided_on = prague_day(t->known);
		x->resolution = t->resolution_id;
		TRY(entity_insert(c, &network_exclusion_entity, x));
		made++;
	}
	return OK;
}

static Err tell(NetworkTale *t, Date today) {
	static const int months[PER_YEAR] = {1, 3, 5, 7, 9, 11};
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(t->c, &tx));
	TRY(assembly(t->c, &t->assembly));
	(void)territory_region(t->c);                /* territory and code lists are read once for all of it */
	(void)codelist_find(t->c, "line_status", S(LINE_IN_NETWORK));
	for (int year = date_year(today) - YEARS_BACK; year <= date_year(today); year++)
		for (int i = 0; i < PER_YEAR; i++) {
			if (date_after(date(year, months[i], 1), today))
				continue;
			TRY(write_version(t, year, i + 1, months[i]));
			if (i == 0)
				TRY(exclusions(t, (u64)year));
		}
	return tx_commit(&tx);
}

/* The head of the department looked at what was loaded. */
static Err close_loading(Ctx *c, Id version) {
	Actor        head;
	const Actor *before = c->actor;
	TRY(people_demo_actor(c, "vedouci@demo.invalid", &head));
	c->actor = &head;
	Err e = workflow_do(c, &network_version_machine, version, "close_loading", NULL);
	c->actor = before;
	return e;
}

Err network_demo(Ctx *c, DemoSize size) {
	static const i64 most[] = {[DEMO_S] = 400, [DEMO_L] = 1500, [DEMO_XL] = 5000};
	NetworkTale t = {.c = c};
	Date        today = c->today;
	Instant     now = c->now;
	Str         reason = c->reason;
	TRY(network_of_tier(c, (Str){0}, &t.network));
	TRY(demo_services(&t, most[size]));
	if (t.count == 0 || t.districts.len == 0)
		return OK;
	Err err = tell(&t, today);
	c->today = today;
	c->now = now;
	c->reason = reason;
	return err == OK && t.version ? close_loading(c, t.version->head.id) : err;
}
