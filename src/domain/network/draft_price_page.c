/* draft_price_page.c: /app/sit/navrh/ID/platby: what the rules give for each line of a draft, the steps that take it or explain why not, the tree of one line. */
#include "domain/network/draft_price_page.h"

#include "base/format.h"
#include "domain/network/draft_page.h"
#include "domain/network/draft_price.html.h"
#include "domain/network/mandate_page.h"
#include "domain/rulebook/calculation.h"

static Str difference(Arena *a, i64 ceiling, i64 computed) {
	if (ceiling == BLANK || computed == BLANK)
		return S("–");
	i64 d = ceiling - computed;
	return d > 0 ? str_cat(a, S("+"), money_text(a, d, "není")) : d < 0 ? str_cat(a, S("−"), money_text(a, -d, "není")) : S("0 Kč");
}

/* Computations are of the region until the assembly has decided. */
static Err open_prices(Req *r, NetworkVersion **v, DraftPrices *all) {
	TRY(draft_of_address(r, v));
	if (!draft_is_officer(r) || !words_have(VERSION_IS_DRAFT " " VERSION_IN_ROUTE, (*v)->state))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Výpočty návrhu vidí kraj, dokud o verzi není rozhodnuto. Po rozhodnutí jsou uložené.");
	return draft_prices(r->c, *v, all);
}

static Str prices_href(Req *r, const NetworkVersion *v) {
	return str_cat(r->c->arena, draft_href(r, v), S("/platby"));
}

static bool may_change(Req *r, const NetworkVersion *v) {
	return str_eq(v->state, S(VERSION_IS_DRAFT)) && may(r->c, CAP_NETWORK_UPDATE);
}

static Str rules_text(Req *r, const DraftPrices *all) {
	const RuleVersion *x = all->rules;
	return str_format(r->c->arena, "%.*s, verze %lld", STR_ARG(x->title), (long long)x->no);
}

/* ---- all lines ---- */

static DraftPriceRow row_of(Req *r, const NetworkVersion *v, const DraftPrice *p) {
	Arena *a = r->c->arena;
	return (DraftPriceRow){.href = str_format(a, "%.*s/%lld", STR_ARG(prices_href(r, v)), (long long)p->line->head.id), .number = p->line->number, .name = p->line->name,
		.capacity = mandate_capacity_text(r->c, p->line->capacity, p->line->unit), .computed = money_text(a, p->computed, "není"), .ceiling = money_text(a, p->ceiling, "není"),
		.difference = difference(a, p->ceiling, p->computed), .note = p->why.len ? p->why : p->fault, .tag = !p->departs ? S("odpovídá") : p->stands ? S("zdůvodněno") : S("bez důvodu"),
		.tone = !p->departs ? TAG_OK : p->stands ? TAG_INFO : TAG_WARN};
}

static NoteView state_of(Req *r, const DraftPrices *all) {
	if (!all->rules)
		return (NoteView){.kind = NOTE_ERR, .title = S("Nepočítá se."), .text = str_cat(r->c->arena, all->lacks, S(" Zveřejněte ji na stránce Pravidla."))};
	if (all->waiting)
		return (NoteView){.kind = NOTE_WARN, .title = S("Upozornění:"), .text = str_format(r->c->arena,
			"Odchylek bez důvodu: %zu. Dokud nějaká je, verzi nejde předat k projednání.", all->waiting)};
	return (NoteView){.kind = NOTE_OK, .title = S("V pořádku:"), .text = S("Každý strop odpovídá pravidlům, nebo je zdůvodněný.")};
}

/* Exactly those that the page shows without a reason, ticked; whoever sends it says which of them the reason is for. */
static FieldView lines_field(Req *r, const DraftPrices *all) {
	FieldView f = {.kind = FIELD_CHECKS, .name = S("radek"), .label = S("Kterých řádků se důvod týká"), .error = field_problem(r, "radek"), .fold_after = 12,
	               .hint = S("Zaškrtnuté jsou všechny zobrazené odchylky bez důvodu. Řádek, který má důvod svůj, odškrtněte a napište ho na jeho stránce.")};
	Strs typed = form_all(r, "radek");
	bool as_typed = form_has(r, "why");
	for (size_t i = 0; i < all->len; i++) {
		const DraftPrice *p = &all->at[i];
		if (p->stands || p->ceiling == BLANK)
			continue;
		Str  id = str_format(r->c->arena, "%lld", (long long)p->line->head.id);
		bool chosen = !as_typed;
		for (size_t k = 0; k < typed.len; k++)
			chosen = chosen || str_eq(typed.at[k], id);
		*ARENA_PUSH(r->c->arena, f.options.at, f.options.len, f.options.cap) = (OptionView){.value = id, .chosen = chosen,
			.label = str_format(r->c->arena, "%.*s %.*s: strop %.*s, podle pravidel %.*s", STR_ARG(p->line->number), STR_ARG(p->line->name), STR_ARG(money_text(r->c->arena, p->ceiling, "není")),
				STR_ARG(money_text(r->c->arena, p->computed, "není")))};
	}
	return f;
}

static Err show_all(Req *r, const NetworkVersion *v, const DraftPrices *all) {
	Arena *a = r->c->arena;
	Str    which = query(r, "radky");
	bool   every = str_eq(which, S("vse"));
	DraftPricesPage p = {.title = S("Vyrovnávací platby"), .back = draft_href(r, v), .state = state_of(r, all), .nothing = S("Žádný strop se od pravidel neodchyluje."),
		.lead = str_format(a, "Co podle pravidel vychází na rok %d a jaký strop má řádek v návrhu verze %.*s.", all->year, STR_ARG(v->number)),
		.why = {{.kind = FIELD_AREA, .name = S("why"), .label = S("Proč je strop jiný"), .rows = 2, .value = form(r, "why"), .error = field_problem(r, "why"),
			.hint = S("Důvod platí, dokud se strop nebo výpočet nezmění, a bude v příloze pro zastupitelstvo.")}, lines_field(r, all)}};
	if (which.len && !every)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takový výběr není. Vyberte z nabídky na stránce.");
	i64 ceilings = 0;
	for (size_t i = 0; i < all->len; i++) {
		ceilings += all->at[i].ceiling == BLANK ? 0 : all->at[i].ceiling;
		if (every || all->at[i].departs)
			*ARENA_PUSH(a, p.rows.at, p.rows.len, p.rows.cap) = row_of(r, v, &all->at[i]);
	}
	if (all->rules) {
		mandate_pair(r, &p.facts, "Sada pravidel", rules_text(r, all));
		mandate_pair(r, &p.facts, "Podle pravidel", money_text(a, all->computed, "není"));
		mandate_pair(r, &p.facts, "Stropy řádků", money_text(a, ceilings, "není"));
		p.found = str_format(a, every ? "Řádků, které se počítají: %zu" : "Odchylky: %zu", p.rows.len);
		*ARENA_PUSH(a, p.tabs.at, p.tabs.len, p.tabs.cap) = (TabView){.label = S("Odchylky"), .href = url_with(r, "radky", (Str){0}), .current = !every};
		*ARENA_PUSH(a, p.tabs.at, p.tabs.len, p.tabs.cap) = (TabView){.label = S("Všechny řádky"), .href = url_with(r, "radky", S("vse")), .current = every};
	}
	p.may_take = may_change(r, v) && all->waiting;
	p.may_explain = p.may_take && p.why[1].options.len;
	p.take_action = str_cat(a, prices_href(r, v), S("/prevzit"));
	p.take_csrf = csrf_token(r, p.take_action);
	p.why_action = str_cat(a, prices_href(r, v), S("/zduvodnit"));
	p.why_csrf = csrf_token(r, p.why_action);
	p.errors = errors_view(r, p.why, LEN(p.why));
	r->is_error = p.errors != NULL;
	crumb(r, S("Návrhy verzí sítě"), S("/app/sit/navrh"));
	crumb(r, v->title, p.back);
	view_draft_prices(page(r, p.title), &p);
	return OK;
}

/* A line that begins later than the version is as it is on the last day of the year. */
static Err kept_row(Req *r, const NetworkVersion *v, const LinePrice *x, DraftPriceRow *ret) {
	Arena       *a = r->c->arena;
	Calculations trees;
	void        *row;
	size_t       said = r->c->problems.len;
	i64          ceiling = x->ceiling.halere, computed = x->computed.halere;
	bool         departs = ceiling != computed;
	Err          e = store_get(r->c, &line_entity, (AsOf){.valid = v->effective_from}, x->line, &row);
	if (e == ERR_NOT_FOUND) {
		r->c->problems.len = said;
		e = store_get(r->c, &line_entity, (AsOf){.valid = date((int)x->year, 12, 31)}, x->line, &row);
	}
	TRY(e);
	TRY(calculations_of(r->c, PRICE_CASES, x->head.id, S(PRICE_RULE), &trees));
	const Line *l = row;
	*ret = (DraftPriceRow){.number = x->number, .name = l->name, .capacity = mandate_capacity_text(r->c, l->capacity, l->unit), .computed = money_text(a, computed, "není"),
		.ceiling = money_text(a, ceiling, "není"), .difference = difference(a, ceiling, computed), .note = x->why, .tag = departs ? S("zdůvodněno") : S("odpovídá"),
		.tone = departs ? TAG_INFO : TAG_OK};
	ret->href = trees.len ? calculation_link(a, trees.at[0].id) : str_format(a, "/sit/sluzba/%lld", (long long)x->line);
	return OK;
}

/* After the decision: what was kept with the approval, each with its tree. */
static Err show_kept(Req *r, const NetworkVersion *v) {
	Arena     *a = r->c->arena;
	LinePrices kept;
	DraftPricesPage p = {.title = S("Vyrovnávací platby"), .back = draft_href(r, v), .found = S("Řádky verze"), .nothing = S("K této verzi se výpočty neukládaly."),
		.lead = str_format(a, "Jak se spočítaly stropy řádků verze %.*s. Výpočty jsou uložené tak, jak je zastupitelstvo schválilo.", STR_ARG(v->number)),
		.state = {.kind = NOTE_INFO, .title = S("Rozhodnuto."), .text = S("Výpočty se už nemění.")},
		.tabs = LIST_OF(TabView, {.label = S("Všechny řádky"), .href = prices_href(r, v), .current = true})};
	TRY(line_prices_of_version(r->c, v->head.id, &kept));
	i64 computed = 0, ceilings = 0;
	for (size_t i = 0; i < kept.len; i++) {
		TRY(kept_row(r, v, kept.at[i], ARENA_PUSH(a, p.rows.at, p.rows.len, p.rows.cap)));
		computed += kept.at[i]->computed.halere == BLANK ? 0 : kept.at[i]->computed.halere;
		ceilings += kept.at[i]->ceiling.halere == BLANK ? 0 : kept.at[i]->ceiling.halere;
	}
	mandate_pair(r, &p.facts, "Podle pravidel", money_text(a, computed, "není"));
	mandate_pair(r, &p.facts, "Stropy řádků", money_text(a, ceilings, "není"));
	crumb(r, S("Návrhy verzí sítě"), S("/app/sit/navrh"));
	crumb(r, v->title, p.back);
	view_draft_prices(page(r, p.title), &p);
	return OK;
}

Err page_draft_prices(Req *r) {
	NetworkVersion *v;
	DraftPrices     all;
	TRY(draft_of_address(r, &v));
	if (draft_is_officer(r) && words_have(VERSION_APPROVED " " VERSION_EFFECTIVE " " VERSION_SUPERSEDED, v->state))
		return show_kept(r, v);
	TRY(open_prices(r, &v, &all));
	return show_all(r, v, &all);
}

static Err again(Req *r, const NetworkVersion *v, Err err) {
	DraftPrices all;
	set_status(r, err_status(err));
	TRY(draft_prices(r->c, v, &all));
	return show_all(r, v, &all);
}

Err post_draft_prices_take(Req *r) {
	NetworkVersion *v;
	DraftPrices     all;
	size_t          changed;
	TRY(open_prices(r, &v, &all));
	Err err = draft_prices_take(r->c, v, &changed);
	if (err == ERR_INVALID || err == ERR_CONFLICT)
		return again(r, v, err);
	TRY(err);
	notice(r, "Stropy převzaté z pravidel: %zu.", changed);
	return redirect(r, "%.*s", STR_ARG(prices_href(r, v)));
}

Err post_draft_prices_explain(Req *r) {
	NetworkVersion *v;
	DraftPrices     all;
	Strs            chosen = form_all(r, "radek");
	Id             *lines = NEW_ARRAY(r->c->arena, Id, chosen.len + 1);
	TRY(open_prices(r, &v, &all));
	for (size_t i = 0; i < chosen.len; i++)
		if (!str_to_int(chosen.at[i], &lines[i]))
			return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	Err err = draft_prices_explain(r->c, v, lines, chosen.len, form(r, "why"));
	if (err == ERR_INVALID || err == ERR_CONFLICT)
		return again(r, v, err);
	TRY(err);
	notice(r, "Zdůvodněné odchylky: %zu.", chosen.len);
	return redirect(r, "%.*s", STR_ARG(prices_href(r, v)));
}

/* ---- one line ---- */

static Err price_of_address(Req *r, const DraftPrices *all, const DraftPrice **ret) {
	Id id;
	TRY(arg_id(r, 1, &id));
	for (size_t i = 0; i < all->len; i++)
		if (all->at[i].line->head.id == id) {
			*ret = &all->at[i];
			return OK;
		}
	return fail(r->c, ERR_NOT_FOUND, NULL, "Pro tento řádek návrhu se platba nepočítá. Vyberte jiný na stránce Vyrovnávací platby.");
}

static void add_tree(Req *r, RuleSteps *to, const RuleNode *n) {
	if (!n)
		return;
	RuleStep *s = rule_steps_of(r->c->arena, n);
	s->is_open = true;
	*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) = *s;
}

static Err show_one(Req *r, const NetworkVersion *v, const DraftPrices *all, const DraftPrice *p) {
	Arena         *a = r->c->arena;
	DraftPricePage x = {.title = str_format(a, "Vyrovnávací platba řádku %.*s", STR_ARG(p->line->number)), .back = prices_href(r, v),
		.lead = str_format(a, "%.*s, rok %d, sada %.*s.", STR_ARG(p->line->name), all->year, STR_ARG(rules_text(r, all))),
		.why = {.kind = FIELD_AREA, .name = S("why"), .label = S("Důvod"), .rows = 3, .value = form_has(r, "why") ? form(r, "why") : p->row ? p->why : (Str){0},
			.error = field_problem(r, "why"), .hint = S("Platí, dokud se strop nebo výpočet nezmění.")}};
	mandate_pair(r, &x.facts, "Kapacita", mandate_capacity_text(r->c, p->line->capacity, p->line->unit));
	mandate_pair(r, &x.facts, "Podle pravidel", money_text(a, p->computed, "není"));
	mandate_pair(r, &x.facts, "Strop v návrhu", money_text(a, p->ceiling, "není"));
	mandate_pair(r, &x.facts, "Rozdíl", difference(a, p->ceiling, p->computed));
	if (p->stands && p->why.len)
		mandate_pair(r, &x.facts, "Proč je strop jiný", p->by.len ? str_format(a, "%.*s (%.*s)", STR_ARG(p->why), STR_ARG(p->by)) : p->why);
	x.state = p->fault.len ? (NoteView){.kind = NOTE_WARN, .title = S("Upozornění:"), .text = p->fault}
	        : !p->departs  ? (NoteView){.kind = NOTE_OK, .title = S("V pořádku:"), .text = S("Strop odpovídá pravidlům.")}
	        : p->stands    ? (NoteView){.kind = NOTE_INFO, .title = S("Zdůvodněno:"), .text = S("Strop je jiný, než vychází z pravidel, a je u něj důvod.")}
	                       : (NoteView){.kind = NOTE_WARN, .title = S("Upozornění:"), .text = S("Strop je jiný, než vychází z pravidel. Převezměte ho z pravidel, nebo napište důvod.")};
	PriceTree t;
	TRY(draft_price_tree(r->c, v, all, p, &t));
	add_tree(r, &x.trees, t.node);
	add_tree(r, &x.trees, t.reference);
	TRY(asked_of_line(r, v, p->line, &x.asked));
	x.may_explain = may_change(r, v) && p->departs && p->ceiling != BLANK;
	if (may_change(r, v))
		x.edit_href = str_format(a, "%.*s/radek/%lld", STR_ARG(draft_href(r, v)), (long long)p->line->head.id);
	x.action = str_format(a, "%.*s/%lld", STR_ARG(x.back), (long long)p->line->head.id);
	x.csrf = csrf_token(r, x.action);
	x.errors = errors_view(r, &x.why, 1);
	r->is_error = x.errors != NULL;
	crumb(r, S("Návrhy verzí sítě"), S("/app/sit/navrh"));
	crumb(r, v->title, draft_href(r, v));
	crumb(r, S("Vyrovnávací platby"), x.back);
	view_draft_price(page(r, x.title), &x);
	return OK;
}

Err page_draft_price(Req *r) {
	NetworkVersion   *v;
	DraftPrices       all;
	const DraftPrice *p;
	TRY(open_prices(r, &v, &all));
	TRY(price_of_address(r, &all, &p));
	return show_one(r, v, &all, p);
}

Err post_draft_price(Req *r) {
	NetworkVersion   *v;
	DraftPrices       all;
	const DraftPrice *p;
	TRY(open_prices(r, &v, &all));
	TRY(price_of_address(r, &all, &p));
	Err err = draft_prices_explain(r->c, v, &p->line->head.id, 1, form(r, "why"));
	if (err == ERR_INVALID || err == ERR_CONFLICT) {
		set_status(r, err_status(err));
		return show_one(r, v, &all, p);
	}
	TRY(err);
	notice(r, "Důvod je u řádku uložený.");
	return redirect(r, "%.*s/%lld", STR_ARG(prices_href(r, v)), (long long)p->line->head.id);
}
