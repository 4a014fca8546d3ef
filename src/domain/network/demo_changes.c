/* demo_changes.c: what each version of the sample network changes. */
#include "domain/network/demo_inside.h"

static bool stands(const DemoService *s) {
	return s->line && line_counts(s->line);
}

/* Some service for which `fits` holds, another one for each turn; NULL when there is none. */
typedef bool (*Fits)(const NetworkTale *t, const DemoService *s);
static DemoService *pick(NetworkTale *t, u64 turn, Fits fits) {
	size_t start = t->count ? demo_dice((u64)t->version_no, turn, 7) % t->count : 0;
	for (size_t i = 0; i < t->count; i++) {
		DemoService *s = &t->services[(start + i) % t->count];
		if (fits(t, s))
			return s;
	}
	return NULL;
}

static bool is_plain(const NetworkTale *t, const DemoService *s) {
	(void)t;
	return stands(s) && str_eq(s->line->status, S(LINE_IN_NETWORK)) && !s->reserved_in;
}

static bool is_field_work(const NetworkTale *t, const DemoService *s) {
	return is_plain(t, s) && str_eq(s->line->unit, S("U"));
}

static bool is_new(const NetworkTale *t, const DemoService *s) {
	return !s->line && !date_after(s->from, t->from) && (!date_is(s->to) || date_after(s->to, t->from));
}

static bool has_reservation(const NetworkTale *t, const DemoService *s) {
	return stands(s) && s->reserved_in && s->reserved_in + 2 <= t->version_no && str_eq(s->line->status, S(LINE_WITH_RESERVATION));
}

static bool is_proposed_out(const NetworkTale *t, const DemoService *s) {
	(void)t;
	return stands(s) && str_eq(s->line->status, S(LINE_EXIT_PROPOSED));
}

/* ---- one change each ---- */

/* Never more beds than are registered (G2); what does not fit is left as it was. */
static bool add_capacity(DemoService *s, i64 more) {
	bool fits = !str_eq(s->line->unit, S("L")) || s->line->capacity.hundredths + more <= s->beds * 100;
	if (fits)
		s->line->capacity.hundredths += more;
	return fits;
}

static Err more_capacity(NetworkTale *t, u64 turn) {
	DemoService *s = pick(t, turn, is_plain);
	if (!s)
		return OK;
	bool beds = str_eq(s->line->unit, S("L")), less = turn % 3 == 2 && s->line->capacity.hundredths > 800;
	if (!add_capacity(s, (beds ? 200 : 50) * (less ? -1 : 1)))
		return OK;
	return demo_put(t, s->line, less ? "Snížení kapacity podle skutečného využití." : "Navýšení kapacity podle potřeby obvodu.");
}

static Err other_territory(NetworkTale *t, u64 turn) {
	DemoService *s = pick(t, turn, is_field_work);
	const Unit  *other = t->districts.at[demo_dice((u64)t->version_no, turn, 8) % t->districts.len];
	if (!s || other == s->district)
		return OK;
	bool first = str_cmp(s->district->code, other->code) < 0;
	s->line->areas = str_format(t->c->arena, "%.*s=%d,%.*s=%d", STR_ARG(first ? s->district->code : other->code), first ? 7500 : 2500,
	                            STR_ARG(first ? other->code : s->district->code), first ? 2500 : 7500);
	return demo_put(t, s->line, "Rozšíření územní působnosti do dalšího obvodu.");
}

static Err reserve(NetworkTale *t, u64 turn) {
	DemoService *s = pick(t, turn, is_plain);
	if (!s)
		return OK;
	s->reserved_in = t->version_no;
	s->line->status = S(LINE_WITH_RESERVATION);
	s->line->level = str_eq(s->line->level, S("Z1")) ? S("Z1v") : S("Z2v");
	return demo_put(t, s->line, "Výhrada: služba nedosahuje kapacity, ke které se zavázala.");
}

static Err settle_reservation(NetworkTale *t, u64 turn) {
	DemoService *s = pick(t, turn, has_reservation);
	if (!s)
		return OK;
	bool fulfilled = demo_dice((u64)s->id, turn, 9) % 4 != 0;
	s->line->status = fulfilled ? S(LINE_IN_NETWORK) : S(LINE_EXIT_PROPOSED);
	s->reserved_in = 0;
	if (fulfilled)
		s->line->level = str_eq(s->line->level, S("Z1v")) ? S("Z1") : S("Z2");
	return demo_put(t, s->line, fulfilled ? "Výhrada je splněna." : "Výhrada v termínu splněna není, služba je navržena k vyřazení.");
}

static Err leave(NetworkTale *t, DemoService *s, const char *why) {
	s->line->status = S(LINE_LEFT);
	return demo_put(t, s->line, why);
}

static Err include(NetworkTale *t, u64 turn) {
	DemoService *s = pick(t, turn, is_new);
	return s ? demo_put(t, demo_line(t, s, "Z2"), "Zařazení podle žádosti o vstup do sítě.") : OK;
}

/* A service of the same provider and kind takes over. */
static Err merge(NetworkTale *t) {
	for (size_t i = 0; i < t->count; i++)
		for (size_t k = i + 1; k < t->count; k++) {
			DemoService *into = &t->services[i], *from = &t->services[k];
			if (!is_plain(t, into) || !is_plain(t, from) || into->provider != from->provider || !str_eq(into->kind, from->kind) ||
			    !str_eq(into->line->unit, from->line->unit) || !add_capacity(into, from->line->capacity.hundredths))
				continue;
			from->line->status = S(LINE_MERGED);
			from->line->merged_under = into->line->head.id;
			TRY(demo_put(t, into->line, "Sloučení služeb jednoho poskytovatele pod jeden řádek."));
			return demo_put(t, from->line, "Sloučení služeb jednoho poskytovatele pod jeden řádek.");
		}
	return OK;
}

/* Found out later: the capacity had been copied wrong. The day stays that of the version, the knowledge is younger. */
static Err correct(NetworkTale *t, u64 turn) {
	DemoService *s = pick(t, turn, is_plain);
	if (!s)
		return OK;
	if (!add_capacity(s, str_eq(s->line->unit, S("L")) ? 100 : 25))
		return OK;
	history_record_at(t->c, (Instant){t->known.ms + INT64_C(20) * 24 * 3600 * 1000});
	return demo_put(t, s->line, "Oprava: kapacita byla do seznamu přepsána chybně.");
}

/* ---- versions ---- */

static Err first_lines(NetworkTale *t) {
	for (size_t i = 0; i < t->count; i++) {
		DemoService *s = &t->services[i];
		if (is_new(t, s) && demo_dice((u64)s->id, 4, 0) % 5)
			TRY(demo_put(t, demo_line(t, s, demo_dice((u64)s->id, 5, 0) % 3 ? "Z1" : "Z2"), "První Základní síť."));
	}
	return OK;
}

/* Services that ended, and those whose time ran out. */
static Err endings(NetworkTale *t) {
	for (size_t i = 0; i < t->count; i++) {
		DemoService *s = &t->services[i];
		if (!stands(s))
			continue;
		if (date_is(s->to) && date_before(s->to, t->from)) {
			TRY(leave(t, s, "Poskytovatel službu ukončil."));
		} else if (date_is(s->line->until) && date_before(s->line->until, t->from)) {
			s->line->status = S(LINE_EXPIRED);
			TRY(demo_put(t, s->line, "Zařazení na dobu určitou skončilo."));
		}
	}
	DemoService *out = pick(t, 40, is_proposed_out);
	return out ? leave(t, out, "Vyřazení ze sítě: výhrada nebyla splněna.") : OK;
}

static Err new_year(NetworkTale *t) {
	int year = date_year(t->from);
	for (size_t i = 0; i < t->count; i++) {
		DemoService *s = &t->services[i];
		if (!stands(s) || date_year(s->line->since) == year)
			continue;
		s->line->ceilings = demo_ceilings(t->c, s->line->ceilings, s->line, year + 1);
		TRY(demo_put(t, s->line, "Roční aktualizace: strop vyrovnávací platby na další rok."));
	}
	for (u64 turn = 10; turn < 16; turn++)
		TRY(include(t, turn));
	return OK;
}

Err demo_changes(NetworkTale *t, bool yearly) {
	if (t->version_no == 1)
		return first_lines(t);
	TRY(endings(t));
	for (u64 turn = 1; turn <= (yearly ? 6 : 3); turn++)
		TRY(more_capacity(t, turn));
	TRY(other_territory(t, 20));
	TRY(settle_reservation(t, 21));
	if (t->version_no % 2)
		TRY(reserve(t, 22));
	if (t->version_no % 3 == 0)
		TRY(include(t, 23));
	if (t->version_no % 9 == 4)
		TRY(merge(t));
	if (yearly)
		TRY(new_year(t));
	return t->version_no % 4 == 2 ? correct(t, 24) : OK;
}
