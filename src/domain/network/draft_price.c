/* draft_price.c: lines of a draft through the rule set in force: what each may cost, what its ceiling says, why they differ. */
#include "domain/network/draft_price.h"

#include "base/format.h"
#include "core/settings.h"
#include "domain/network/draft_application.h"
#include "domain/network/draft_inside.h"
#include "domain/network/draft_price.sql.h"
#include "domain/network/line_case.h"
#include "domain/rulebook/calculation.h"

ENTITY(line_price_entity, LinePrice, LINE_PRICE_FIELDS, .name = "line_price", .table = "line_price", .one = "vyrovnávací platba řádku", .many = "vyrovnávací platby řádků",
       .of_many = "vyrovnávacích plateb řádků", .article = "f", .order = "number", .read = CAP_NETWORK_READ, .write = CAP_NETWORK_UPDATE)

enum { NAMED_MOST = 5 };

/* ---- cells of one line ---- */

static PriceSource *source_of(Arena *a, const NetworkVersion *v, const DraftPrice *p, const ReferenceValue *value, int year, bool is_decided) {
	const DraftLine *d = p->line;
	return NEW(a, PriceSource, .source = str_format(a, "Návrh verze %.*s, řádek %.*s", STR_ARG(v->number), STR_ARG(d->number)),
		.link = is_decided ? str_format(a, "/sit/sluzba/%lld", (long long)d->origin) : str_format(a, "/app/sit/navrh/%lld/radek/%lld", (long long)v->head.id, (long long)d->head.id),
		.capacity = d->capacity, .value = value, .year = year, .from = p->from, .to = p->to);
}

/* ---- the whole draft ---- */

typedef struct Known { Str kind, unit; ReferenceValue *value; Str fault; } Known;
typedef struct World {
	Ctx                  *c;
	const NetworkVersion *v;
	const RuleSet        *set;
	bool                  is_decided;        /* cells lead to the network, not to the draft */
	struct { Known *at; size_t len, cap; } values;
	LinePrices            kept;
	ApplicationLines      applied;
} World;

static Err value_of(World *w, const DraftLine *d, int year, Known **ret) {
	for (size_t i = 0; i < w->values.len; i++)
		if (str_eq(w->values.at[i].kind, d->kind) && str_eq(w->values.at[i].unit, d->unit)) {
			*ret = &w->values.at[i];
			return OK;
		}
	Known *k = ARENA_PUSH(w->c->arena, w->values.at, w->values.len, w->values.cap);
	size_t said = w->c->problems.len;
	*k = (Known){.kind = d->kind, .unit = d->unit};
	Err e = reference_value(w->c, d->kind, d->unit, year, &k->value);
	if (e == ERR_NOT_FOUND && w->c->problems.len > said)
		k->fault = w->c->problems.at[said].text;
	if (e != OK)
		k->value = NULL;
	w->c->problems.len = said;
	*ret = k;
	return e == ERR_NOT_FOUND ? OK : e;
}

static Err rows_by(Ctx *c, const Sql *sql, Id of, LinePrices *ret) {
	DraftIds ids;
	*ret = (LinePrices){0};
	TRY(draft_ids(c, sql, of, &ids));
	for (size_t i = 0; i < ids.len; i++) {
		void *row;
		TRY(store_get(c, &line_price_entity, TODAY, ids.at[i], &row));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return OK;
}

Err line_prices(Ctx *c, Id line, LinePrices *ret) {
	return rows_by(c, &sql_line_prices_of_line, line, ret);
}

Err line_prices_of_version(Ctx *c, Id version, LinePrices *ret) {
	return rows_by(c, &sql_line_prices_of_version, version, ret);
}

/* A tree in memory of its own: it is larger than all that is known of the line. */
static Err evaluate(World *w, Arena *a, const DraftPrice *p, int year, PriceTree *ret, Known **known) {
	*ret = (PriceTree){0};
	TRY(value_of(w, p->line, year, known));
	const ReferenceValue *v = (*known)->value;
	if (!v)
		return OK;
	ret->run = rule_run(a, w->set, w->v->effective_from, price_cell, source_of(a, w->v, p, v, year, w->is_decided));
	ret->node = rule_eval(ret->run, S(PRICE_RULE));
	if (v->region_value.halere != BLANK || v->national_value.halere != BLANK)
		ret->reference = rule_eval(ret->run, S(PRICE_RULE_REFERENCE));
	return OK;
}

/* A region that chose between both values keeps the one that the rules choose (F2). */
static void judge_reference(Arena *a, const PriceTree *t, const ReferenceValue *v, DraftPrice *p) {
	Money m;
	if (!t->reference || t->reference->value.state != RULE_KNOWN || !rule_as_money(t->reference->value, &m) || m.halere == v->cost.halere)
		return;
	p->fault = str_format(a, "Referenční náklad druhu %.*s na rok %lld je %.*s, z krajské a celostátní hodnoty má být %.*s. Opravte ho na stránce Referenční hodnoty.", STR_ARG(v->kind),
	                      (long long)v->year, STR_ARG(money_text(a, v->cost.halere, "není")), STR_ARG(money_text(a, m.halere, "není")));
}

static Err compute(World *w, Arena *scratch, DraftPrice *p, int year) {
	PriceTree t;
	Known    *k;
	Money     m;
	TRY(evaluate(w, scratch, p, year, &t, &k));
	p->fault = k->fault;
	if (!t.node)
		return OK;
	if (t.node->value.state == RULE_KNOWN && rule_as_money(t.node->value, &m))
		p->computed = m.halere;
	else
		p->fault = t.node->value.state == RULE_FAILED ? str_dup(w->c->arena, t.node->value.text) : S("Pravidlo nedává částku v haléřích.");
	judge_reference(w->c->arena, &t, k->value, p);
	return OK;
}

/* Less than the rules give, because the application that the line comes from asked for less. */
static Err asked_less(World *w, DraftPrice *p) {
	for (size_t i = 0; i < w->applied.len; i++) {
		Application *a;
		if (w->applied.at[i]->draft_line != p->line->head.id)
			continue;
		TRY(application_stored(w->c, w->applied.at[i]->application, &a));
		if (p->computed == BLANK || p->fault.len || a->vp.halere != p->ceiling || p->ceiling > p->computed)
			continue;
		p->stands = true;
		p->why = S("Žádost o zařazení nežádá víc.");
	}
	return OK;
}

static Err judge(World *w, DraftPrice *p) {
	for (size_t i = 0; i < w->kept.len; i++)
		if (w->kept.at[i]->draft_line == p->line->head.id)
			p->row = w->kept.at[i];
	p->departs = p->fault.len || p->ceiling != p->computed;
	p->stands = !p->departs;
	if (!p->departs)
		return OK;
	TRY(asked_less(w, p));
	if (p->row && p->row->why.len && p->row->ceiling.halere == p->ceiling && p->row->computed.halere == p->computed) {
		p->stands = true;
		p->why = p->row->why;
		p->by = p->row->author;
	}
	return OK;
}

/* The set is read into `a`. */
static Err read_rules(World *w, Arena *a, DraftPrices *ret) {
	RuleFaults faults = {0};
	size_t     said = w->c->problems.len;
	Str        code = setting_text(w->c, "network.price_rules");
	Err e = rule_version_in_force(w->c, code, w->v->effective_from, &ret->rules);
	if (e == ERR_NOT_FOUND)
		ret->lacks = str_format(w->c->arena, "Sada pravidel „%.*s“, podle které se platby počítají, nemá ke dni účinnosti verzi v platnosti.", STR_ARG(code));
	w->c->problems.len = said;
	if (e != OK) {
		ret->rules = NULL;
		return e == ERR_NOT_FOUND ? OK : e;
	}
	w->set = rule_set_read(a, ret->rules->source, &faults);
	const RuleName *n = w->set ? rule_set_find(w->set, S(PRICE_RULE)) : NULL;
	if (!n || n->kind != RULE_RULE) {
		ret->lacks = str_format(w->c->arena, "Sada „%.*s“, verze %lld, nemá pravidlo „" PRICE_RULE "“.", STR_ARG(code), (long long)ret->rules->no);
		ret->rules = NULL;
	}
	return OK;
}

Err draft_price_of_year(Ctx *c, const NetworkVersion *v, DraftLine *d, int year, i64 *computed, Str *fault) {
	CLEANUP(arena_free) Arena rules = {0};
	CLEANUP(arena_free) Arena scratch = {0};
	World       w = {.c = c, .v = v};
	DraftPrices of = {.year = year};
	DraftPrice  p = {.line = d, .ceiling = BLANK, .computed = BLANK};
	*computed = BLANK;
	TRY(read_rules(&w, &rules, &of));
	*fault = of.lacks;
	if (!of.rules || !part_of_year(year, d->since, d->until, &p.from, &p.to))
		return OK;
	TRY(compute(&w, &scratch, &p, year));
	*fault = str_dup(c->arena, p.fault);
	*computed = p.fault.len ? BLANK : p.computed;
	return OK;
}

Err draft_prices(Ctx *c, const NetworkVersion *v, DraftPrices *ret) {
	DraftLines lines;
	World      w = {.c = c, .v = v};
	CLEANUP(arena_free) Arena rules = {0};
	CLEANUP(arena_free) Arena scratch = {0};
	*ret = (DraftPrices){.year = date_year(v->effective_from)};
	TRY(read_rules(&w, &rules, ret));
	if (!ret->rules)
		return OK;
	TRY(draft_lines(c, v->head.id, &lines));
	TRY(line_prices_of_version(c, v->head.id, &w.kept));
	TRY(application_lines_of_version(c, v->head.id, &w.applied));
	for (size_t i = 0; i < lines.len; i++) {
		DraftLine *d = lines.at[i];
		DraftPrice p = {.line = d, .ceiling = BLANK, .computed = BLANK};
		bool stands = part_of_year(ret->year, d->since, d->until, &p.from, &p.to);
		bool has = draft_ceiling(d, ret->year, &p.ceiling);
		if (!has)
			p.ceiling = BLANK;
		if (!line_status_counts(d->status) || !stands || (!has && d->project_financed))      /* a project pays it, no ceiling is needed */
			continue;
		TRY(compute(&w, &scratch, &p, ret->year));
		arena_reset(&scratch);
		TRY(judge(&w, &p));
		ret->computed += p.computed == BLANK ? 0 : p.computed;
		ret->departing += p.departs;
		ret->waiting += !p.stands;
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = p;
	}
	return OK;
}

Err draft_price_tree(Ctx *c, const NetworkVersion *v, const DraftPrices *all, const DraftPrice *p, PriceTree *ret) {
	World      w = {.c = c, .v = v};
	RuleFaults faults = {0};
	Known     *k;
	*ret = (PriceTree){0};
	w.set = rule_set_read(c->arena, all->rules->source, &faults);
	return w.set ? evaluate(&w, c->arena, p, all->year, ret, &k) : OK;
}

/* ---- changing ---- */

/* Whoever judged the line stays its author: copying a number out of the rules is no other pair of eyes. A reason for the ceiling is no reason for another change. */
static Err take(Ctx *c, const DraftPrices *all, const DraftChanges *changes, DraftPrice *p) {
	Id before = p->line->account;
	p->line->ceilings = draft_ceilings_with(c->arena, p->line->ceilings, all->year, p->computed);
	for (size_t i = 0; i < changes->len; i++) {
		const DraftChange *x = &changes->at[i];
		if (x->line->head.id == p->line->head.id && (x->how == DRAFT_SAME || x->only_ceiling) && !p->line->change_reason.len)
			p->line->change_reason = str_format(c->arena, "Strop na rok %d podle sady pravidel %.*s, verze %lld.", all->year, STR_ARG(all->rules->code), (long long)all->rules->no);
	}
	TRY(draft_line_save(c, p->line));
	if (!id_given(before) || p->line->account == before)
		return OK;
	p->line->account = before;
	return entity_update(c, &draft_line_entity, p->line);
}

Err draft_prices_take(Ctx *c, const NetworkVersion *v, size_t *changed) {
	DraftPrices  all;
	DraftChanges changes;
	*changed = 0;
	TRY(require(c, CAP_NETWORK_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(draft_must_be_open(c, v->head.id));
	TRY(draft_prices(c, v, &all));
	if (!all.rules)
		return fail(c, ERR_CONFLICT, NULL, "%.*s Zveřejněte ji na stránce Pravidla.", STR_ARG(all.lacks));
	TRY(draft_changes(c, v, &changes));
	for (size_t i = 0; i < all.len; i++) {
		DraftPrice *p = &all.at[i];
		if (p->stands || p->fault.len || p->computed == BLANK)
			continue;
		TRY(take(c, &all, &changes, p));
		++*changed;
	}
	return tx_commit(&tx);
}

/* `line`: what the line of the draft has become, 0 = nothing yet. */
static Err put_row(Ctx *c, const NetworkVersion *v, const DraftPrices *all, const DraftPrice *p, Id line, Str why, LinePrice **ret) {
	LinePrice *x = p->row ? p->row : entity_new(c->arena, &line_price_entity);
	x->by_version = v->head.id;
	x->draft_line = line ? BLANK : p->line->head.id;
	x->line = line ? line : BLANK;
	x->number = p->line->number;
	x->year = all->year;
	x->computed = (Money){p->computed};
	x->ceiling = (Money){p->ceiling};
	x->why = why;
	x->author = why.len ? (p->by.len ? p->by : c->actor->name) : (Str){0};
	x->made_at = c->now;
	*ret = x;
	return p->row ? store_update(c, &line_price_entity, x) : entity_insert(c, &line_price_entity, x);
}

static DraftPrice *price_of(const DraftPrices *all, Id line) {
	for (size_t i = 0; i < all->len; i++)
		if (all->at[i].line->head.id == line)
			return &all->at[i];
	return NULL;
}

Err draft_prices_explain(Ctx *c, const NetworkVersion *v, const Id *lines, size_t count, Str why) {
	DraftPrices all;
	LinePrice  *row;
	TRY(require(c, CAP_NETWORK_UPDATE));
	why = str_trim(why);
	if (!why.len)
		return fail(c, ERR_INVALID, "why", "Proč je strop jiný: napište důvod, bude u řádku ve výpočtu a v příloze pro zastupitelstvo.");
	if (why.len > 2000)
		return fail(c, ERR_INVALID, "why", "Proč je strop jiný: zkraťte důvod na nejvýš 2000 znaků.");
	if (!count)
		return fail(c, ERR_INVALID, "radek", "Kterých řádků se důvod týká: zaškrtněte aspoň jeden.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(draft_must_be_open(c, v->head.id));
	TRY(draft_prices(c, v, &all));
	for (size_t i = 0; i < count; i++) {
		DraftPrice *p = price_of(&all, lines[i]);
		if (!p || !p->departs || p->ceiling == BLANK)           /* a line without any ceiling needs one, not a reason */
			return fail(c, ERR_INVALID, "radek", "U řádku %.*s není co zdůvodnit: strop odpovídá pravidlům, nebo u něj chybí a je potřeba ho nejdřív zapsat. Načtěte stránku znovu.",
			            STR_ARG(p ? p->line->number : S("ze starší podoby stránky")));
		p->by = (Str){0};
		TRY(put_row(c, v, &all, p, 0, why, &row));
	}
	return tx_commit(&tx);
}

/* ---- approval ---- */

static Err keep_trees(World *w, const DraftPrices *all, const DraftPrice *p, const LinePrice *row) {
	CLEANUP(arena_free) Arena scratch = {0};
	PriceTree t;
	Known    *k;
	Id        id;
	NewCalculation n = {PRICE_CASES, row->head.id, all->rules, str_format(w->c->arena, "Vyrovnávací platba řádku %.*s na rok %d", STR_ARG(row->number), all->year)};
	TRY(evaluate(w, &scratch, p, all->year, &t, &k));
	if (!t.node)
		return OK;
	TRY(calculation_keep(w->c, &n, t.run, t.node, &id));
	if (!t.reference || !rule_set_find(w->set, S(PRICE_RULE_REFERENCE)))
		return OK;
	n.title = (Str){0};
	return calculation_keep(w->c, &n, t.run, t.reference, &id);
}

Err draft_prices_settle(Ctx *c, const NetworkVersion *v, const DraftPrices *all) {
	World w = {.c = c, .v = v, .is_decided = true};
	CLEANUP(arena_free) Arena rules = {0};
	RuleFaults faults = {0};
	w.set = all->rules ? rule_set_read(&rules, all->rules->source, &faults) : NULL;
	for (size_t i = 0; w.set && i < all->len; i++) {
		const DraftPrice *p = &all->at[i];
		LinePrice        *row;
		TRY(put_row(c, v, all, p, p->line->origin, p->why, &row));
		TRY(keep_trees(&w, all, p, row));
	}
	return OK;
}

Err draft_prices_drop(Ctx *c, Id version) {
	LinePrices all;
	TRY(line_prices_of_version(c, version, &all));
	for (size_t i = 0; i < all.len; i++)
		TRY(entity_delete(c, &line_price_entity, all.at[i]->head.id, all.at[i]->head.version));
	return OK;
}

Err prices_stand(Ctx *c, const WorkObject *o, Verdict *ret) {
	DraftPrices   all;
	Strs          named = {0};
	NetworkDraft *d;
	size_t        said = c->problems.len;
	Err           e = draft_of(c, o->id, &d);
	c->problems.len = said;
	if (e != OK)
		return e == ERR_NOT_FOUND ? OK : e;
	TRY(draft_prices(c, o->row, &all));
	if (!all.rules) {
		*ret = (Verdict){REFUSED, all.lacks, S("Zveřejněte sadu na stránce Pravidla, nebo v nastavení vyberte jinou.")};
		return OK;
	}
	for (size_t i = 0; i < all.len; i++) {
		const DraftPrice *p = &all.at[i];
		if (!p->stands)
			draft_names_add(c, p->line, "platby");
		if (!p->stands && named.len < NAMED_MOST)
			strs_add(c->arena, &named, str_format(c->arena, "%.*s (strop %.*s, podle pravidel %.*s)", STR_ARG(p->line->number), STR_ARG(money_text(c->arena, p->ceiling, "není")),
				STR_ARG(money_text(c->arena, p->computed, "není"))));
	}
	if (all.waiting)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Stropů na rok %d, které neodpovídají pravidlům a nejsou zdůvodněné, je %zu: %.*s%s.", all.year, all.waiting,
			STR_ARG(str_join(c->arena, S("; "), named)), all.waiting > named.len ? "; …" : ""),
		                 S("Na stránce Vyrovnávací platby stropy převezměte z pravidel, nebo odchylky zdůvodněte.")};
	return OK;
}

/* ---- as owners of computations that are kept ---- */

Err price_find_case(Ctx *c, Id id, RuleCase *ret) {
	void *row;
	NetworkVersion *v;
	TRY(require(c, CAP_NETWORK_READ));
	TRY(store_get(c, &line_price_entity, TODAY, id, &row));
	const LinePrice *x = row;
	TRY(network_version_stored(c, x->by_version, &v));
	if (!access_scope(c, CAP_NETWORK_READ).all && !network_version_is_public(v))
		return fail(c, ERR_NOT_FOUND, NULL, "Výpočty návrhu verze sítě vidí kraj; ostatní je uvidí, až o ní zastupitelstvo rozhodne.");
	*ret = (RuleCase){.id = id, .day = v->effective_from, .label = str_format(c->arena, "Řádek %.*s, verze sítě %.*s", STR_ARG(x->number), STR_ARG(v->number)),
	                  .link = id_given(x->line) ? str_format(c->arena, "/sit/sluzba/%lld", (long long)x->line) : (Str){0}};
	return OK;
}
