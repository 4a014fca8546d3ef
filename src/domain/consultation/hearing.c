/* hearing.c: hearings are made, changed, read; their seats are opened in the ledger. */
#include "base/format.h"
#include "base/text.h"
#include "core/access.h"
#include "core/codelist.h"
#include "core/deadline.h"
#include "core/ledger.h"
#include "core/search.h"
#include "core/trail.h"
#include "domain/consultation/inside.h"

#include "domain/consultation/hearing.sql.h"

enum { LIST_MAX = 500, DAY_MINUTES = 24 * 60 };

/* ---- the clock ---- */

static bool read_two(Str s, int most, int *ret) {
	i64 n;
	if (s.len < 1 || s.len > 2 || !str_to_int(s, &n) || n < 0 || n > most)
		return false;
	*ret = (int)n;
	return true;
}

bool hearing_clock(Str typed, int *minutes) {
	int  hour, minute = 0;
	Str  rest = str_trim(typed);
	i64  dot = str_find_char(rest, '.');
	Str  hours = str_cut(&rest, dot >= 0 ? '.' : ':');
	if (!read_two(hours, 24, &hour) || (rest.len && (rest.len != 2 || !read_two(rest, 59, &minute))))
		return false;
	*minutes = hour * 60 + minute;
	return *minutes <= DAY_MINUTES;
}

static Instant at_clock(Date day, int minutes) {
	if (!date_is(day))
		return (Instant){0};
	return minutes >= DAY_MINUTES ? prague_instant(date_add(day, 1), 0) : prague_instant(day, minutes * 60);
}

/* "9:00" however it was typed; what is no clock stays as it is and is refused by the check. */
static Str clock_text(Arena *a, Str typed) {
	int minutes;
	return hearing_clock(typed, &minutes) ? str_format(a, "%d:%02d", minutes / 60, minutes % 60) : typed;
}

/* ---- the entity ---- */

/* The end of a day is the first moment of the next one, however it was written. */
static Instant until_of(const Hearing *h) {
	int minutes = DAY_MINUTES;
	if (h->signup_time.len && !hearing_clock(h->signup_time, &minutes))
		return (Instant){0};
	return at_clock(h->signup_day, minutes == DAY_MINUTES - 1 ? DAY_MINUTES : minutes);
}

static Err prepare(Ctx *c, void *row) {
	Hearing *h = row;
	int      from, to;
	h->reserved = h->reserved == BLANK ? 0 : h->reserved;
	h->starts = clock_text(c->arena, h->starts);
	h->ends = clock_text(c->arena, h->ends);
	h->signup_time = clock_text(c->arena, h->signup_time);
	h->begins_at = hearing_clock(h->starts, &from) ? at_clock(h->day, from) : (Instant){0};
	h->ends_at = hearing_clock(h->ends, &to) ? at_clock(h->day, to) : (Instant){0};
	h->signup_until = until_of(h);
	return OK;
}

static Err check_clock(Ctx *c, const char *field, const char *label, Str typed) {
	int minutes;
	return !typed.len || hearing_clock(typed, &minutes) ? OK : fail(c, ERR_INVALID, field, "%s: zapište hodinu ve tvaru 9:00.", label);
}

static void worse(Err e, Err *all) {
	*all = e != OK ? e : *all;
}

static Err check_times(Ctx *c, const Hearing *h) {
	Err all = OK;
	worse(check_clock(c, "starts", "Začátek", h->starts), &all);
	worse(check_clock(c, "ends", "Konec", h->ends), &all);
	worse(check_clock(c, "signup_time", "Do kolika hodin", h->signup_time), &all);
	TRY(all);
	if (h->begins_at.ms && h->ends_at.ms && h->ends_at.ms <= h->begins_at.ms)
		worse(fail(c, ERR_INVALID, "ends", "Konec je dřív než začátek. Opravte hodiny."), &all);
	if (h->begins_at.ms && h->signup_until.ms > h->begins_at.ms)
		worse(fail(c, ERR_INVALID, "signup_day", "Přihlašování by skončilo až po začátku projednání. Zvolte dřívější den nebo hodinu."), &all);
	return all;
}

static Err check(Ctx *c, const void *row) {
	const Hearing *h = row;
	Err all = check_times(c, h);
	if (h->capacity != BLANK && h->reserved > h->capacity)
		worse(fail(c, ERR_INVALID, "reserved", "Vyhrazených míst je víc než všech. Opravte jedno z čísel."), &all);
	if (str_eq(h->policy, S("per_organisation")) && h->quota == BLANK)
		worse(fail(c, ERR_INVALID, "quota", "Doplňte, kolik míst smí mít jedna organizace."), &all);
	if (h->district != BLANK && h->district) {
		const Unit *u = territory_by_id(c, h->district);
		if (!u || !str_eq(u->level, S(LEVEL_DISTRICT)))
			worse(fail(c, ERR_INVALID, "district", "Vyberte obec s rozšířenou působností, nebo nechte celý kraj."), &all);
	}
	return all;
}

ENTITY(hearing_entity, Hearing, HEARING_FIELDS, .name = "hearing", .table = "hearing", .one = "projednání", .many = "projednání", .of_many = "projednání",
       .article = "n", .title = "title", .order = "day", .read = CAP_HEARING_READ, .write = CAP_HEARING_UPDATE, .path = "/app/projednani",
       .scope_district = "district", .check = check, .prepare = prepare, .raises_data_version = true)

/* ---- words ---- */

bool hearing_is(const Hearing *h, const char *state) {
	return str_eq(h->state, str_c(state));
}

bool hearing_is_published(const Hearing *h) {
	return !hearing_is(h, HEARING_DRAFT) && h->published_at.ms;
}

bool hearing_takes(const Hearing *h, Instant at) {
	return hearing_is(h, HEARING_OPEN) && at.ms < h->signup_until.ms;
}

Str hearing_when(Arena *a, const Hearing *h) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_weekday_date(&b, h->day);
	buf_format(&b, ", %.*s–%.*s", STR_ARG(h->starts), STR_ARG(h->ends));
	return buf_take(&b, a);
}

Str hearing_where(Arena *a, const Hearing *h) {
	Strs parts = {0};
	if (h->building.len)
		strs_add(a, &parts, h->building);
	if (h->room.len)
		strs_add(a, &parts, h->room);
	if (!parts.len && h->online_url.len)
		strs_add(a, &parts, S("na dálku"));
	return str_join(a, S(", "), parts);
}

Str hearing_instant_words(Arena *a, Instant t) {
	return deadline_wording(a, t, false);
}

/* ---- seats ---- */

static LedgerAccount seats_account(Id hearing, const char *name) {
	return (LedgerAccount){.book = SEATS_BOOK, .object = "hearing", .object_id = hearing, .name = name,
	                       .floor = strcmp(name, SEATS_CAPACITY) == 0 ? BLANK : 0};
}

/* Seats as many as the hearing says now, in one entry: what comes new is free, what is reserved comes from the free ones. */
static Err sync_seats(Ctx *c, const Hearing *before, const Hearing *h) {
	i64 more = h->capacity - (before ? before->capacity : 0), kept = h->reserved - (before ? before->reserved : 0);
	LedgerAccount capacity = seats_account(h->head.id, SEATS_CAPACITY), free = seats_account(h->head.id, SEATS_FREE),
	              reserved = seats_account(h->head.id, SEATS_RESERVED), taken = seats_account(h->head.id, SEATS_TAKEN);
	LedgerSide all[] = {{0, -more}, {0, kept}, {0, more - kept}}, sides[3];
	LedgerAccount *of[] = {&capacity, &reserved, &free};
	size_t n = 0, said = c->problems.len;
	TRY(ledger_open(c, &taken));
	for (size_t i = 0; i < LEN(all); i++) {
		TRY(ledger_open(c, of[i]));
		if (all[i].amount)
			sides[n++] = (LedgerSide){of[i]->id, all[i].amount};
	}
	if (!n)
		return OK;
	Err e = ledger_post(c, &(LedgerEntry){.book = SEATS_BOOK, .object = "hearing", .object_id = h->head.id, .reason = before ? "capacity" : "open", .sides = sides,
	                                      .side_count = n});
	if (e != ERR_CONFLICT)
		return e;
	Seats s;
	c->problems.len = said;
	TRY(hearing_seats(c, h->head.id, &s));
	return fail(c, ERR_INVALID, kept > 0 && more >= 0 ? "reserved" : "capacity",
	            "Tolik míst ubrat nejde: obsazeno je %lld a volných zbývá %lld. Zvolte víc míst, nebo nejdřív zrušte některé přihlášky.", (long long)s.taken, (long long)s.free);
}

Err hearing_seats(Ctx *c, Id hearing, Seats *ret) {
	*ret = (Seats){0};
	Rows rows = db_query(ctx_conn(c), &sql_hearing_balances, P(V(hearing)));
	while (rows_next(&rows)) {
		struct { const char *name; i64 *to; i64 sign; } known[] = {{SEATS_CAPACITY, &ret->capacity, -1}, {SEATS_FREE, &ret->free, 1},
		                                                          {SEATS_RESERVED, &ret->reserved, 1}, {SEATS_TAKEN, &ret->taken, 1}};
		for (size_t i = 0; i < LEN(known); i++)
			if (str_eq(col_text(&rows, 0), str_c(known[i].name)))
				*known[i].to = known[i].sign * col_int(&rows, 1);
	}
	if (rows_end(&rows) != OK || db_get_int(ctx_conn(c), &sql_hearing_waiting, P(V(hearing)), 0, &ret->waiting) != OK)
		return fail_internal(c, "seats");
	return OK;
}

/* ---- reading ---- */

Err hearing_load(Ctx *c, Id id, Hearing **ret) {
	void *row;
	TRY(store_get(c, &hearing_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

bool hearing_in_reach(Ctx *c, const char *capability, const Hearing *h) {
	RowScope s = access_scope(c, capability);
	return s.all || (h->district != BLANK && h->district && scope_has_district(&s, h->district));
}

static Err not_here(Ctx *c) {
	return fail(c, ERR_NOT_FOUND, NULL, "Projednání neexistuje, nebo k němu nemáte přístup.");
}

Err hearing_get(Ctx *c, Id id, Hearing **ret) {
	TRY(require(c, CAP_HEARING_READ));
	TRY(hearing_load(c, id, ret));
	return hearing_in_reach(c, CAP_HEARING_READ, *ret) ? OK : not_here(c);
}

Err hearing_mine(Ctx *c, Id id, Hearing **ret) {
	TRY(require(c, CAP_HEARING_UPDATE));
	TRY(hearing_load(c, id, ret));
	return hearing_in_reach(c, CAP_HEARING_UPDATE, *ret) ? OK : not_here(c);
}

Err hearing_public(Ctx *c, Id id, Hearing **ret) {
	TRY(hearing_load(c, id, ret));
	return hearing_is_published(*ret) ? OK : fail(c, ERR_NOT_FOUND, NULL, "Takové projednání není, nebo ještě nebylo zveřejněno.");
}

static Err load_all(Ctx *c, Rows rows, bool may_read_drafts, Hearings *ret) {
	Ids ids = {0};
	*ret = (Hearings){0};
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ids.at, ids.len, ids.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "hearings");
	for (size_t i = 0; i < ids.len; i++) {
		Hearing *h;
		TRY(hearing_load(c, ids.at[i], &h));
		if (may_read_drafts || hearing_is_published(h))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = h;
	}
	return OK;
}

Err hearing_coming(Ctx *c, Hearings *ret) {
	return load_all(c, db_query(ctx_conn(c), &sql_hearing_coming_ids, P(V(c->now), V((i64)LIST_MAX))), false, ret);
}

Err hearing_past(Ctx *c, i64 limit, Hearings *ret) {
	return load_all(c, db_query(ctx_conn(c), &sql_hearing_past_ids, P(V(c->now), V(limit))), false, ret);
}

Err hearing_of(Ctx *c, const char *object, Id object_id, Hearings *ret) {
	bool all = c->actor->is_program || access_scope(c, CAP_HEARING_READ).all;
	return load_all(c, db_query(ctx_conn(c), &sql_hearing_of_object, P(V(str_c(object)), V(object_id))), all, ret);
}

Err hearing_file(Ctx *c, Id hearing, bool minutes, StoredFile *ret) {
	Hearing *h;
	TRY(hearing_load(c, hearing, &h));
	if (!hearing_is(h, HEARING_MINUTES) && !(may(c, CAP_HEARING_READ) && hearing_in_reach(c, CAP_HEARING_READ, h)))
		return not_here(c);
	Id file = minutes ? h->minutes_file : h->slides_file;
	return file != BLANK && file ? files_get(c, file, ret) : fail(c, ERR_NOT_FOUND, NULL, "Takový soubor u projednání není.");
}

/* ---- writing ---- */

static Err refuse_reach(Ctx *c, const char *capability, const Hearing *h) {
	if (hearing_in_reach(c, capability, h))
		return OK;
	return fail(c, ERR_INVALID, "district", "Zvolte obvod, pro který máte roli; projednání pro celý kraj zakládá koordinátor plánu.");
}

Err hearing_add(Ctx *c, Hearing *h) {
	TRY(require(c, CAP_HEARING_CREATE));
	TRY(refuse_reach(c, CAP_HEARING_CREATE, h));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(workflow_start(c, &hearing_machine, "prepare", h, NULL));
	TRY(sync_seats(c, NULL, h));
	return tx_commit(&tx);
}

static bool moved(const Hearing *a, const Hearing *b) {
	return a->begins_at.ms != b->begins_at.ms || a->ends_at.ms != b->ends_at.ms || !str_eq(a->building, b->building) || !str_eq(a->room, b->room) ||
	       !str_eq(a->online_url, b->online_url);
}

static Err refuse_over(Ctx *c, const Hearing *h) {
	if (hearing_is(h, HEARING_DRAFT) || hearing_is(h, HEARING_OPEN) || hearing_is(h, HEARING_CLOSED))
		return OK;
	return fail(c, ERR_CONFLICT, NULL, "Projednání ve stavu „%.*s“ se už nemění. Do zápisu patří i to, co bylo jinak.", STR_ARG(state_title(&hearing_machine, h->state)));
}

static Err put_in_search(Ctx *c, const Hearing *h) {
	Str body = str_format(c->arena, "%.*s\n%.*s\n%.*s", STR_ARG(hearing_when(c->arena, h)), STR_ARG(hearing_where(c->arena, h)), STR_ARG(h->about));
	return search_put(c, "hearing", h->head.id, true, h->title, body);
}

Err hearing_change(Ctx *c, Hearing *h) {
	Hearing *before;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(hearing_mine(c, h->head.id, &before));
	TRY(refuse_over(c, before));
	TRY(refuse_reach(c, CAP_HEARING_UPDATE, h));
	h->state = before->state;
	TRY(entity_update(c, &hearing_entity, h));
	TRY(sync_seats(c, before, h));
	TRY(workflow_due_again(c, &hearing_machine, h->head.id));
	if (hearing_is_published(h)) {
		TRY(put_in_search(c, h));
		TRY(signup_promote(c, h));
		if (moved(before, h))
			TRY(signup_tell_changed(c, h));
	}
	return tx_commit(&tx);
}

Err hearing_publish_run(Ctx *c, WorkMove *m) {
	Hearing *h = m->object->row;
	h->published_at = c->now;
	return put_in_search(c, h);
}

Err hearing_bind(Ctx *c, Id hearing, const char *object, Id object_id) {
	Hearing *h;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(hearing_mine(c, hearing, &h));
	h->object = str_c(object);
	h->object_id = object_id;
	TRY(entity_update(c, &hearing_entity, h));
	return tx_commit(&tx);
}

static Err put_paper(Ctx *c, const HearingPaper *p, i64 *file) {
	StoredFile stored;
	if (!p)
		return OK;
	TRY(files_put_staged(c, p->name, &p->staged, &stored));
	*file = stored.id;
	return OK;
}

Err hearing_write_minutes(Ctx *c, Id hearing, i64 version, Str text, const HearingPaper *minutes, const HearingPaper *slides) {
	Hearing *h;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(hearing_mine(c, hearing, &h));
	if (!hearing_is(h, HEARING_HELD))
		return fail(c, ERR_CONFLICT, NULL, "Zápis se píše po projednání a do jeho zveřejnění. Stav teď je „%.*s“.", STR_ARG(state_title(&hearing_machine, h->state)));
	if (!text_acceptable(text))
		return fail(c, ERR_INVALID, "minutes", "Zápis obsahuje znaky, které se nedají uložit. Přepište jej.");
	h->head.version = version;
	h->minutes = text_clean_lines(c->arena, text);
	h->minutes_verified_at = (Instant){0};
	TRY(put_paper(c, minutes, &h->minutes_file));
	TRY(put_paper(c, slides, &h->slides_file));
	TRY(entity_update(c, &hearing_entity, h));
	return tx_commit(&tx);
}
