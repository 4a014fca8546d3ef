/* outlook.c: the outlook of money of a plan: cells, sums, and whether it says what the cards say. */
#include "domain/plan/outlook.h"

#include "base/format.h"
#include "core/access.h"
#include "domain/plan/card_inside.h"
#include "domain/plan/outlook.sql.h"

ENTITY(plan_outlook_entity, PlanOutlook, PLAN_OUTLOOK_FIELDS, .name = "plan_outlook", .table = "plan_outlook", .one = "výhled financování", .many = "výhledy financování",
       .of_many = "výhledů financování", .article = "m", .order = "plan", .read = CAP_PLAN_READ, .write = CAP_OUTLOOK_EDIT, .raises_data_version = true)

ENTITY(plan_outlook_cell_entity, PlanOutlookCell, PLAN_OUTLOOK_CELL_FIELDS, .name = "plan_outlook_cell", .table = "plan_outlook_cell", .one = "částka výhledu",
       .many = "částky výhledu", .of_many = "částek výhledu", .article = "f", .order = "year", .read = CAP_PLAN_READ,
       .write = CAP_OUTLOOK_EDIT, .raises_data_version = true)

/* ---- places ---- */

Str outlook_item(const Outlook *o, size_t i) {
	if (i < 2)
		return i == 0 ? S(OUTLOOK_OPERATING) : S(OUTLOOK_INVESTMENT);
	return i - 2 < o->sources.len ? o->sources.at[i - 2]->code : (Str){0};
}

Str outlook_item_name(const Outlook *o, size_t i) {
	if (i < 2)
		return i == 0 ? S("Provozní náklady") : S("Investiční náklady");
	return i - 2 < o->sources.len ? o->sources.at[i - 2]->name : (Str){0};
}

Money *outlook_cell(Outlook *o, size_t part, size_t year, size_t item) {
	CardGridYear *y = &o->at[part][year];
	return item == 0 ? &y->operating : item == 1 ? &y->investment : &y->by_source[item - 2];
}

static size_t item_count(const Outlook *o) {
	return o->sources.len + 2;
}

static Money *cell_of(Outlook *o, Str part, Str item, i64 year) {
	i64 y = year - o->plan->year_from;
	for (size_t p = 0; p < o->parts.len; p++)
		for (size_t i = 0; i < item_count(o); i++)
			if (y >= 0 && y < PLAN_YEARS && str_eq(o->parts.at[p]->code, part) && str_eq(outlook_item(o, i), item))
				return outlook_cell(o, p, (size_t)y, i);
	return NULL;
}

static bool is_of_cards(const CodeItem *part) {
	return code_attribute(part, S("cards")).len > 0;
}

/* ---- sums ---- */

static void add(i64 *to, i64 n) {
	if (n != BLANK)
		*to = *to == BLANK ? n : *to + n;
}

static void begin(PlanMoney *m, const Outlook *o) {
	*m = (PlanMoney){.sources = o->sources};
	for (size_t y = 0; y <= PLAN_YEARS; y++) {
		YearMoney *to = y < PLAN_YEARS ? &m->years[y] : &m->total;
		*to = (YearMoney){.year = y < PLAN_YEARS ? o->plan->year_from + (i64)y : 0, .operating = BLANK, .investment = BLANK, .cost = BLANK, .sources = BLANK};
		for (size_t s = 0; s < SOURCES_MAX; s++)
			to->by_source[s] = BLANK;
	}
}

static void add_year(YearMoney *to, const CardGridYear *g, size_t sources) {
	add(&to->operating, g->operating.halere);
	add(&to->investment, g->investment.halere);
	add(&to->cost, g->operating.halere);
	add(&to->cost, g->investment.halere);
	for (size_t s = 0; s < sources; s++) {
		add(&to->by_source[s], g->by_source[s].halere);
		add(&to->sources, g->by_source[s].halere);
	}
}

/* F19: what a year lacks and what it has over is told by the year as a whole; the sum of years does not set one year's reserve against another's lack. */
static void balance(PlanMoney *m) {
	for (size_t y = 0; y < PLAN_YEARS; y++) {
		YearMoney *at = &m->years[y];
		i64 lack = (at->cost == BLANK ? 0 : at->cost) - (at->sources == BLANK ? 0 : at->sources);
		at->missing = lack > 0 ? lack : 0;
		at->surplus = lack < 0 ? -lack : 0;
		m->total.missing += at->missing;
		m->total.surplus += at->surplus;
	}
}

void outlook_sum(Outlook *o) {
	begin(&o->all, o);
	for (size_t p = 0; p < o->parts.len; p++) {
		begin(&o->part[p], o);
		for (size_t y = 0; y < PLAN_YEARS; y++) {
			YearMoney *to[] = {&o->part[p].years[y], &o->part[p].total, &o->all.years[y], &o->all.total};
			for (size_t i = 0; i < LEN(to); i++)
				add_year(to[i], &o->at[p][y], o->sources.len);
		}
		balance(&o->part[p]);
	}
	balance(&o->all);
}

/* ---- reading ---- */

Err outlook_cells_read(Ctx *c, const Sql *sql, Id of, Outlook *o) {
	Rows r = db_query(ctx_conn(c), sql, P(V(of)));
	while (rows_next(&r)) {
		Money *m = cell_of(o, col_text(&r, 0), col_text(&r, 1), col_int(&r, 2));
		if (m)
			*m = (Money){col_int(&r, 3)};
	}
	return rows_end(&r) == OK ? OK : fail_internal(c, "amounts of an outlook");
}

Err outlook_blank(Ctx *c, Plan *p, Outlook *ret) {
	*ret = (Outlook){.plan = p};
	TRY(plan_codes(c, "outlook_part", &sql_plan_parts_used, p, &ret->parts));
	TRY(plan_sources(c, p, &ret->sources));
	if (ret->parts.len > OUTLOOK_PARTS_MAX)
		return fail(c, ERR_INVALID, NULL, "Číselník částí výhledu má víc položek, než tabulka pojme (%d).", OUTLOOK_PARTS_MAX);
	for (size_t part = 0; part < OUTLOOK_PARTS_MAX; part++)
		for (size_t y = 0; y < PLAN_YEARS; y++)
			for (size_t i = 0; i < OUTLOOK_ITEMS_MAX; i++)
				*outlook_cell(ret, part, y, i) = (Money){BLANK};
	return OK;
}

Err outlook_read(Ctx *c, Plan *p, Outlook *ret) {
	i64   id;
	void *row;
	TRY(outlook_blank(c, p, ret));
	if (db_get_int(ctx_conn(c), &sql_outlook_of_plan, P(V(p->head.id)), 0, &id) != OK)
		return fail_internal(c, "outlook of a plan");
	if (id) {
		TRY(store_get(c, &plan_outlook_entity, TODAY, id, &row));
		ret->head = row;
		ret->change = ret->head->head.version;
		TRY(outlook_cells_read(c, &sql_outlook_cells, id, ret));
	}
	outlook_sum(ret);
	return OK;
}

bool outlook_is_open(const Plan *p) {
	return plan_is_written(p) || str_eq(p->state, S(PLAN_PREPARING));
}

bool outlook_is_accepted(const Outlook *o) {
	i64 missing = o->all.total.missing;
	return missing == 0 || (o->head && o->head->accepted_at.ms && o->head->accepted_missing.halere == missing);
}

/* ---- writing ---- */

static Err refuse_closed(Ctx *c, const Plan *p) {
	return outlook_is_open(p) ? OK : fail(c, ERR_CONFLICT, NULL, "Výhled je přílohou zmrazeného plánu, proto se teď nemění. Vraťte plán k dopracování.");
}

/* What was entered under codes that no list knows any more stays as it is. */
static Err save_cells(Ctx *c, const Outlook *was, const Outlook *now, Id head) {
	EntityList stored;
	TRY(entity_parts(c, &plan_outlook_cell_entity, TODAY, "outlook", &head, 1, &stored));
	for (size_t p = 0; p < now->parts.len; p++)
		for (size_t y = 0; y < PLAN_YEARS; y++)
			for (size_t i = 0; i < item_count(now); i++) {
				Money before = *outlook_cell((Outlook *)was, p, y, i), after = *outlook_cell((Outlook *)now, p, y, i);
				i64   year = now->plan->year_from + (i64)y;
				PlanOutlookCell *row = NULL;
				if (before.halere == after.halere)
					continue;
				for (size_t k = 0; k < stored.len && !row; k++) {
					PlanOutlookCell *one = stored.at[k];
					row = str_eq(one->part, now->parts.at[p]->code) && str_eq(one->item, outlook_item(now, i)) && one->year == year ? one : NULL;
				}
				if (row && after.halere == BLANK) {
					TRY(entity_delete(c, &plan_outlook_cell_entity, row->head.id, row->head.version));
				} else if (row) {
					row->amount = after;
					TRY(entity_update(c, &plan_outlook_cell_entity, row));
				} else {
					TRY(entity_insert(c, &plan_outlook_cell_entity, &(PlanOutlookCell){.outlook = head, .part = now->parts.at[p]->code, .item = outlook_item(now, i),
						.year = year, .amount = after}));
				}
			}
	return OK;
}

Err outlook_save(Ctx *c, const Outlook *o, Str note) {
	Outlook was;
	Plan   *p;
	Id      head;
	TRY(require(c, CAP_OUTLOOK_EDIT));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(plan_stored(c, o->plan->head.id, &p));
	TRY(refuse_closed(c, p));
	TRY(outlook_read(c, p, &was));
	if (was.change != o->change)
		return fail(c, ERR_CONFLICT, NULL, "Výhled mezitím uložil někdo jiný (%.*s). Otevřete jej znovu a změny zopakujte.", STR_ARG(was.head->changed_by));
	if (was.head) {
		was.head->note = note;
		was.head->changed_at = c->now;
		was.head->changed_by = c->actor->name;
		TRY(entity_update(c, &plan_outlook_entity, was.head));
		head = was.head->head.id;
	} else {
		PlanOutlook *first = entity_new(c->arena, &plan_outlook_entity);
		*first = (PlanOutlook){.plan = p->head.id, .note = note, .changed_at = c->now, .changed_by = c->actor->name, .accepted_missing = {BLANK}};
		TRY(entity_insert(c, &plan_outlook_entity, first));
		head = first->head.id;
	}
	TRY(save_cells(c, &was, o, head));
	return tx_commit(&tx);
}

Err outlook_take_cards(Ctx *c, Plan *p, CardsOf which) {
	Outlook   o;
	Cards     cards;
	PlanMoney m;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(outlook_read(c, p, &o));
	TRY(cards_of(c, p, which, &cards));
	TRY(cards_money(c, p, &cards, &m));
	for (size_t part = 0; part < o.parts.len; part++)
		for (size_t y = 0; is_of_cards(o.parts.at[part]) && y < PLAN_YEARS; y++) {
			CardGridYear *g = &o.at[part][y];
			g->operating = (Money){m.years[y].operating};
			g->investment = (Money){m.years[y].investment};
			for (size_t s = 0; s < o.sources.len; s++)
				g->by_source[s] = (Money){m.years[y].by_source[s]};
		}
	TRY(outlook_save(c, &o, o.head ? o.head->note : (Str){0}));
	return tx_commit(&tx);
}

Err outlook_accept(Ctx *c, Plan *p, i64 seen, Str why) {
	Outlook o;
	TRY(require(c, CAP_OUTLOOK_ACCEPT));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(outlook_read(c, p, &o));
	if (!o.head)
		return fail(c, ERR_CONFLICT, NULL, "Výhled financování zatím nikdo nezadal.");
	if (!o.all.total.missing)
		return fail(c, ERR_CONFLICT, NULL, "Výhled je vyrovnaný, není co brát na vědomí.");
	if (o.all.total.missing != seen)
		return fail(c, ERR_CONFLICT, NULL, "Nekrytá částka se mezitím změnila. Podívejte se na nynější výhled a rozhodněte znovu.");
	if (!why.len)
		return fail(c, ERR_INVALID, "why", "Důvod: napište, jak se nekrytá částka zajistí nebo co se stane, když se nezajistí.");
	o.head->accepted_missing = (Money){o.all.total.missing};
	o.head->accepted_why = why;
	o.head->accepted_by = c->actor->name;
	o.head->accepted_at = c->now;
	TRY(entity_update(c, &plan_outlook_entity, o.head));
	TRY(outlook_freeze_acceptance(c, &o));
	return tx_commit(&tx);
}

/* ---- against annex 1 ---- */

Err outlook_differences(Ctx *c, const Outlook *o, OutlookDifferences *ret) {
	Cards        cards;
	PlanMoney    m;
	CardGridYear entered;
	*ret = (OutlookDifferences){0};
	TRY(cards_of(c, o->plan, o->version ? CARDS_PUBLIC : CARDS_ALL, &cards));
	TRY(cards_money(c, o->plan, &cards, &m));
	for (size_t y = 0; y < PLAN_YEARS; y++)
		for (size_t i = 0; i < item_count(o); i++) {
			i64 sum = BLANK, said = i == 0 ? m.years[y].operating : i == 1 ? m.years[y].investment : m.years[y].by_source[i - 2];
			for (size_t p = 0; p < o->parts.len; p++) {
				entered = o->at[p][y];
				if (is_of_cards(o->parts.at[p]))
					add(&sum, i == 0 ? entered.operating.halere : i == 1 ? entered.investment.halere : entered.by_source[i - 2].halere);
			}
			if (sum != said)
				*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (OutlookDifference){m.years[y].year, outlook_item_name(o, i), sum, said};
		}
	return OK;
}
