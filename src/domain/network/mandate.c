/* mandate.c: mandates as records: writing drafts, reading, what is worth a warning. */
#include <stdlib.h>

#include "domain/network/mandate.h"

#include "base/format.h"
#include "core/codelist.h"
#include "domain/network/mandate.sql.h"
#include "domain/network/mandate_inside.h"
#include "domain/plan/plan.h"

static Err check(Ctx *c, const void *row) {
	const Mandate *m = row;
	Err err = OK;
	if (date_is(m->first_day) && date_is(m->last_day) && date_before(m->last_day, m->first_day))
		err = fail(c, ERR_INVALID, "last_day", "Platí do: konec je před začátkem. Zapište den, který není dřív než Platí od.");
	const CodeItem *unit = codelist_find(c, "network_unit", m->unit);
	if (unit && str_eq(code_attribute(unit, S("places")), S("0")) && m->capacity.hundredths != BLANK && m->capacity.hundredths % 100)
		err = fail(c, ERR_INVALID, "capacity", "Minimální kapacita: lůžka zapište celým číslem, například 12.");
	return err;
}

ENTITY(mandate_entity, Mandate, MANDATE_FIELDS, .name = "mandate", .table = "mandate", .one = "pověření", .many = "pověření", .of_many = "pověření", .article = "n",
       .title = "service_name", .order = "ends_on", .read = CAP_MANDATE_READ, .write = CAP_MANDATE_UPDATE, .path = "/app/povereni", .scope_provider = "provider",
       .scope_district = "district", .check = check, .raises_data_version = true)

bool mandate_holds(const Mandate *m, Date day) {
	return m->is_public && !date_before(day, m->first_day) && !date_after(day, m->ends_on);
}

void mandate_quarter(Date day, Date *from, Date *to) {
	int year, month, d;
	date_parts(day, &year, &month, &d);
	*from = date(year, (month - 1) / 3 * 3 + 1, 1);
	*to = date_add(date_add_months(*from, 3), -1);
}

/* ---- writing ---- */

Err mandate_add(Ctx *c, Mandate *m) {
	TRY(require(c, CAP_MANDATE_CREATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(mandate_take_line(c, m));
	TRY(workflow_start(c, &mandate_machine, "prepare", m, NULL));
	return tx_commit(&tx);
}

Err mandate_save(Ctx *c, Mandate *m) {
	TRY(require(c, CAP_MANDATE_UPDATE));
	if (!str_eq(m->state, S(MANDATE_DRAFT)))
		return fail(c, ERR_CONFLICT, NULL, "Schválené pověření se už neupravuje. Co se má změnit, připravte jako dodatek.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(mandate_take_line(c, m));
	TRY(entity_update(c, &mandate_entity, m));
	TRY(workflow_refresh(c, &mandate_machine, m->head.id));
	return tx_commit(&tx);
}

Err mandate_end_early(Ctx *c, Id id, const MandateEnd *e) {
	Mandate *m;
	TRY(require(c, CAP_MANDATE_APPROVE));
	TRY(mandate_stored(c, id, &m));
	if (!date_is(e->last))
		return fail(c, ERR_INVALID, "last", "Poslední den: zapište den, kterým pověření skončí, například 30. 6. 2027.");
	if (date_before(e->last, m->first_day) || !date_before(e->last, m->ends_on))
		return fail(c, ERR_INVALID, "last", "Poslední den: musí být od začátku pověření a dřív, než pověření končí teď.");
	MandateEnd end = *e;
	return workflow_do(c, &mandate_machine, id, date_after(e->last, c->today) ? "shorten" : "end",
	                   &(WorkInput){.reason = e->reason, .version = e->version, .more = &end});
}

/* ---- reading ---- */

Err mandate_stored(Ctx *c, Id id, Mandate **ret) {
	void *row;
	TRY(store_get(c, &mandate_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err mandate_public(Ctx *c, Id id, Mandate **ret) {
	Mandate *m = NULL;
	size_t   said = c->problems.len;
	Err      e = mandate_stored(c, id, &m);
	if (e == OK && m->is_public) {
		*ret = m;
		return OK;
	}
	if (e != OK && e != ERR_NOT_FOUND)
		return e;
	c->problems.len = said;
	return fail(c, ERR_NOT_FOUND, NULL, "Takové pověření ve veřejném registru není. Vyhledejte ho v seznamu pověření.");
}

Err mandate_ids(Ctx *c, Rows r, Ids *ret) {
	*ret = (Ids){0};
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = col_int(&r, 0);
	return rows_end(&r) == OK ? OK : fail_internal(c, "mandates");
}

Err mandates_of_line(Ctx *c, Id line, Mandates *ret) {
	Ids ids;
	*ret = (Mandates){0};
	TRY(mandate_ids(c, db_query(ctx_conn(c), &sql_mandates_of_line, P(V(line))), &ids));
	for (size_t i = 0; i < ids.len; i++)
		TRY(mandate_stored(c, ids.at[i], ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap)));
	return OK;
}

typedef struct Filters { ListFilter at[12]; size_t len; } Filters;

static ListFilter *add(Filters *f, const char *field, Str value) {
	CHECK(f->len < LEN(f->at));
	f->at[f->len] = (ListFilter){.field = entity_field(&mandate_entity, str_c(field)), .value = value};
	return &f->at[f->len++];
}

static void add_id(Ctx *c, Filters *f, const char *field, Id id) {
	if (id)
		add(f, field, str_format(c->arena, "%lld", (long long)id));
}

static void add_day(Ctx *c, Filters *f, const char *field, Date day, bool is_from) {
	char        iso[DATE_ISO_LEN];
	ListFilter *x = add(f, field, str_dup(c->arena, date_iso(day, iso)));
	x->is_from = is_from;
	x->is_to = !is_from;
}

static void add_when(Ctx *c, Filters *f, const MandateQuery *q) {
	if (q->when == MANDATE_ANY_TIME)
		return;
	add(f, "is_public", S("1"));
	if (q->when == MANDATE_HOLDING) {
		add_day(c, f, "first_day", q->day, false);
		add_day(c, f, "ends_on", q->day, true);
	} else if (q->when == MANDATE_PAST) {
		add_day(c, f, "ends_on", date_add(q->day, -1), false);
	} else {
		add_day(c, f, "first_day", date_add(q->day, 1), true);
	}
}

Err mandates_find(Ctx *c, const MandateQuery *q, Mandates *ret, i64 *total) {
	Filters    f = {0};
	EntityList list;
	*ret = (Mandates){0};
	if (q->public_only || q->issued)
		add(&f, "is_public", S("1"));
	if (q->kind.len)
		add(&f, "kind", q->kind);
	if (q->state.len)
		add(&f, "state", q->state);
	add_id(c, &f, "provider", q->provider);
	add_id(c, &f, "district", q->district);
	add_id(c, &f, "line", q->line);
	if (date_is(q->ends_from))
		add_day(c, &f, "ends_on", q->ends_from, true);
	if (date_is(q->ends_to))
		add_day(c, &f, "ends_on", q->ends_to, false);
	add_when(c, &f, q);
	bool decided = c->scope_decided;
	c->scope_decided = decided || q->public_only;        /* the register is everybody's: only issued ones are in it */
	Err e = entity_list(c, &mandate_entity, &(ListQuery){.search = q->search, .filters = f.at, .filter_count = f.len, .limit = q->limit,
		.order = entity_field(&mandate_entity, S("ends_on")), .descending = q->latest_first, .offset = q->offset, .want_total = true}, &list);
	c->scope_decided = decided;
	TRY(e);
	*total = list.total;
	for (size_t i = 0; i < list.len; i++)
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = list.at[i];
	return OK;
}

static int by_line(const void *x, const void *y) {
	Id a = (*(LineWhole *const *)x)->line->head.id, b = (*(LineWhole *const *)y)->line->head.id;
	return a < b ? -1 : a > b;
}

/* Mandates come by their lines, so lines are walked in that order, too. */
Err mandates_name(Ctx *c, AsOf at, LineWholes *lines) {
	LineWhole **all = NEW_ARRAY(c->arena, LineWhole *, lines->len + 1);
	for (size_t i = 0; i < lines->len; i++)
		all[i] = &lines->at[i];
	if (lines->len > 1)
		qsort(all, lines->len, sizeof *all, by_line);
	at = as_of_full(c, at);
	size_t i = 0;
	Rows   rows = db_query(ctx_conn(c), &sql_mandates_holding, P(V(at.valid), V(at.recorded)));
	while (rows_next(&rows)) {
		Id line = col_int(&rows, 0);
		while (i < lines->len && all[i]->line->head.id < line)
			i++;
		if (i == lines->len || all[i]->line->head.id != line)
			continue;
		all[i]->mandate = col_int(&rows, 1);
		all[i]->mandate_number = str_dup(c->arena, col_text(&rows, 2));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "mandates of lines");
}

/* ---- neighbours and warnings ---- */

Err mandate_neighbours(Ctx *c, const Mandate *m, MandateSpans *ret) {
	Mandates all;
	*ret = (MandateSpans){0};
	TRY(mandates_of_line(c, m->line, &all));
	for (size_t i = 0; i < all.len; i++) {
		const Mandate *o = all.at[i];
		if (o->head.id != m->head.id && !words_have(MANDATE_DRAFT " " MANDATE_CANCELLED, o->state))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (MandateSpan){o->number, o->first_day, o->ends_on};
	}
	return OK;
}

static Str days_word(Arena *a, int days) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_count(&b, days, "den", "dny", "dnů");
	return buf_take(&b, a);
}

static Err warn_of_plan(Ctx *c, const Mandate *m, Strs *ret) {
	Plan  *p;
	TRY(plan_of_day(c, m->first_day, &p));
	if (!p)
		strs_add(c->arena, ret, S("Na první den pověření není v programu platný plán rozvoje (G3)."));
	else if (!mandate_is_within(m->first_day, m->last_day, date((int)p->year_from, 1, 1), date((int)p->year_to, 12, 31)))
		strs_add(c->arena, ret, str_format(c->arena, "Pověření přesahuje období plánu %.*s (G3).", STR_ARG(p->slug)));
	return OK;
}

Err mandate_warnings(Ctx *c, const Mandate *m, Strs *ret) {
	MandateSpans others;
	*ret = (Strs){0};
	TRY(mandate_neighbours(c, m, &others));
	int before = mandate_gap_before(&others, m->first_day), after = mandate_gap_after(&others, m->ends_on);
	if (before)
		strs_add(c->arena, ret, str_format(c->arena, "Mezi předchozím pověřením řádku a tímto je mezera: %.*s bez pověření (G3).", STR_ARG(days_word(c->arena, before))));
	if (after)
		strs_add(c->arena, ret, str_format(c->arena, "Mezi tímto pověřením a následujícím je mezera: %.*s bez pověření (G3).", STR_ARG(days_word(c->arena, after))));
	return warn_of_plan(c, m, ret);
}

/* ---- obligatory contents ---- */

/* Names of fields of an item that are blank, and holes that the template lacks. */
static Str missing_of(Ctx *c, const Mandate *m, const MandateTemplate *t, const CodeItem *item) {
	Strs missing = {0};
	for (Str rest = code_attribute(item, S("fields")); rest.len;) {
		const Field *f = entity_field(&mandate_entity, str_cut(&rest, '+'));
		if (f && field_is_blank(f, m))
			strs_add(c->arena, &missing, str_format(c->arena, "není vyplněno pole %s", f->label));
	}
	for (Str rest = code_attribute(item, S("holes")); rest.len;) {
		Str hole = str_cut(&rest, '+');
		if (!template_has_hole(t->text, hole))
			strs_add(c->arena, &missing, str_format(c->arena, "ve vzoru chybí {%.*s}", STR_ARG(hole)));
	}
	return str_join(c->arena, S(", "), missing);
}

Err mandate_contents(Ctx *c, const Mandate *m, ContentItems *ret) {
	CodeItems        items;
	MandateTemplate *t;
	*ret = (ContentItems){0};
	TRY(mandate_template_of(c, PAPER_MANDATE, c->today, &t));
	TRY(codelist_items(c, "mandate_content", c->today, &items));
	for (size_t i = 0; i < items.len; i++) {
		Str missing = missing_of(c, m, t, items.at[i]);
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) =
			(ContentItem){.title = items.at[i]->name, .law = items.at[i]->law, .is_there = !missing.len, .missing = missing};
	}
	return OK;
}
