/* card_office_page.c: a card as officers see it: its steps, its money by years in one form; a new card; the order of the strategy. */
#include "base/format.h"
#include "core/access.h"
#include "domain/library/document.html.h"
#include "domain/library/document_page.h"
#include "domain/plan/card.html.h"
#include "domain/plan/card_page.h"

static Err card_of_address(Req *r, ActivityCard **ret, Plan **plan) {
	Id    id;
	void *row;
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, &card_entity, TODAY, id, &row));
	*ret = row;
	TRY(plan_stored(r->c, (*ret)->plan, plan));
	crumb(r, S("Plán"), S("/app/plan"));
	crumb(r, str_format(r->c->arena, "%lld–%lld", (long long)(*plan)->year_from, (long long)(*plan)->year_to),
	      str_format(r->c->arena, "%s/plan/%.*s", may(r->c, CAP_PLAN_DRAFT) ? "/app" : "", STR_ARG((*plan)->slug)));
	crumb(r, S("Karty aktivit"), str_format(r->c->arena, "/app/plan/%.*s/karty", STR_ARG((*plan)->slug)));
	return OK;
}

/* ---- the grid of years ---- */

Str card_money_typed(Arena *a, Money m) {
	CLEANUP(buf_free) Buf b = {0};
	if (m.halere == BLANK)
		return (Str){0};
	fmt_decimal(&b, m.halere % 100 ? m.halere : m.halere / 100, m.halere % 100 ? 2 : 0);
	return buf_take(&b, a);
}

static Str cell_name(Arena *a, Str what, i64 year) {
	return str_format(a, "castka_%.*s_%lld", STR_ARG(what), (long long)year);
}

static void add_row(Req *r, CardOffice *v, const CardGrid *g, Str what, Str label, size_t offset) {
	CardGridLine line = {.label = label};
	for (i64 y = 0; y < PLAN_YEARS; y++) {
		Str   name = cell_name(r->c->arena, what, g->first_year + y);
		Money stored = *(const Money *)((const char *)&g->years[y] + offset);
		bool  typed = r->http->method == METHOD_POST && form_has(r, str_z(r->c->arena, name));
		line.cells[y] = (FieldView){.name = name, .label = str_format(r->c->arena, "%.*s %lld", STR_ARG(label), (long long)(g->first_year + y)), .is_number = true,
			.optional = true, .value = typed ? form(r, str_z(r->c->arena, name)) : card_money_typed(r->c->arena, stored),
			.error = field_problem(r, str_z(r->c->arena, name))};
		*ARENA_PUSH(r->c->arena, v->all.at, v->all.len, v->all.cap) = line.cells[y];
	}
	*ARENA_PUSH(r->c->arena, v->grid.at, v->grid.len, v->grid.cap) = line;
}

static void add_grid(Req *r, const CardGrid *g, CardOffice *v) {
	add_row(r, v, g, S("provoz"), S("Provozní náklady"), offsetof(CardGridYear, operating));
	add_row(r, v, g, S("investice"), S("Investiční náklady"), offsetof(CardGridYear, investment));
	for (size_t s = 0; s < g->sources.len; s++)
		add_row(r, v, g, g->sources.at[s]->code, g->sources.at[s]->name, offsetof(CardGridYear, by_source) + s * sizeof(Money));
	v->errors = errors_view(r, v->all.at, v->all.len);
}

static Err read_cell(Req *r, Str what, i64 year, Money *ret) {
	const char *why, *name = str_z(r->c->arena, cell_name(r->c->arena, what, year));
	if (!read_money(form(r, name), ret, &why))
		return fail(r->c, ERR_INVALID, name, "%lld: %s", (long long)year, why);
	if (ret->halere != BLANK && ret->halere < 0)
		return fail(r->c, ERR_INVALID, name, "%lld: částka nemůže být záporná.", (long long)year);
	return OK;
}

/* Every problem is said, not just the first. */
static Err read_grid(Req *r, CardGrid *g) {
	Err all = OK, e;
	for (i64 y = 0; y < PLAN_YEARS; y++) {
		i64 year = g->first_year + y;
		if ((e = read_cell(r, S("provoz"), year, &g->years[y].operating)) != OK)
			all = e;
		if ((e = read_cell(r, S("investice"), year, &g->years[y].investment)) != OK)
			all = e;
		for (size_t s = 0; s < g->sources.len; s++)
			if ((e = read_cell(r, g->sources.at[s]->code, year, &g->years[y].by_source[s])) != OK)
				all = e;
	}
	return all;
}

/* ---- the card ---- */

/* `seen`: what the person saw of the money; blank = what is stored now. */
static Err show(Req *r, const Plan *p, const ActivityCard *k, Str seen) {
	Arena     *a = r->c->arena;
	CardOffice v = {.href = str_format(a, "/app/karty/%lld", (long long)k->head.id)};
	CardGrid   g;
	TRY(card_page_of(r, p, k, &v.card));
	TRY(work_panel(r, &card_machine, k->head.id, str_cat(a, v.href, S("/krok")), &v.work));
	v.may_edit = card_may_edit(r->c, k);
	v.edit = str_cat(a, v.href, S("/upravit"));
	v.year_action = str_cat(a, v.href, S("/penize"));
	v.year_csrf = csrf_token(r, v.year_action);
	if (card_is_public(r->c, p, k))
		v.public_href = str_format(a, "/plan/%.*s/karty/%.*s", STR_ARG(p->slug), STR_ARG(k->code));
	static const char *const parts[][2] = {{"Území", "/app/karty-uzemi"}, {"Realizátoři", "/app/karty-realizatori"}, {"Vazby na jiné karty", "/app/karty-vazby"}, {"Ukazatele", "/app/karty-ukazatele"},
		{"Sledování plnění", "/app/karty-sledovani"}, {"Roky a milníky", "/app/karty-roky"}};
	for (size_t i = 0; i < LEN(parts); i++)
		*ARENA_PUSH(a, v.parts.at, v.parts.len, v.parts.cap) = (LinkView){.label = str_c(parts[i][0]),
			.href = str_format(a, "%s?card=%lld", parts[i][1], (long long)k->head.id)};
	TRY(card_grid_read(r->c, k, &g));
	v.year_seen = seen.len ? seen : g.seen;
	add_grid(r, &g, &v);
	r->is_error = v.errors != NULL;
	view_card_office(page(r, v.card.title), &v);
	return OK;
}

Err page_office_card(Req *r) {
	ActivityCard *k;
	Plan         *p;
	TRY(card_of_address(r, &k, &p));
	return show(r, p, k, (Str){0});
}

Err post_card_step(Req *r) {
	ActivityCard *k;
	Plan         *p;
	TRY(card_of_address(r, &k, &p));
	Err e = work_submit(r, &card_machine, k->head.id);
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return show(r, p, k, (Str){0});
	TRY(e);
	return redirect(r, "/app/karty/%lld", (long long)k->head.id);
}

static void tell_stored(Req *r, Str what, i64 year, Money stored, Money typed) {
	CLEANUP(buf_free) Buf b = {0};
	if (stored.halere == typed.halere)
		return;
	if (stored.halere == BLANK)
		buf_lit(&b, "prázdné pole");
	else
		fmt_money(&b, stored);
	(void)fail(r->c, ERR_CONFLICT, str_z(r->c->arena, cell_name(r->c->arena, what, year)), "%lld: uloženo je teď %.*s.", (long long)year, (int)b.len, b.ptr);
}

/* Somebody was faster: at each amount that differs stands what is stored now. */
static Err tell_overtaken(Req *r, const ActivityCard *k, const CardGrid *typed) {
	CardGrid now;
	TRY(card_grid_read(r->c, k, &now));
	for (size_t y = 0; y < PLAN_YEARS; y++) {
		i64 year = now.first_year + (i64)y;
		tell_stored(r, S("provoz"), year, now.years[y].operating, typed->years[y].operating);
		tell_stored(r, S("investice"), year, now.years[y].investment, typed->years[y].investment);
		for (size_t s = 0; s < now.sources.len; s++)
			tell_stored(r, now.sources.at[s]->code, year, now.years[y].by_source[s], typed->years[y].by_source[s]);
	}
	return OK;
}

Err post_card_money(Req *r) {
	ActivityCard *k;
	Plan         *p;
	CardGrid      g;
	TRY(card_of_address(r, &k, &p));
	TRY(card_grid_read(r->c, k, &g));
	g.seen = form(r, "videno");
	Err e = read_grid(r, &g);
	e = e == OK ? card_grid_save(r->c, k->head.id, &g) : e;
	if (e == ERR_CONFLICT)
		TRY(tell_overtaken(r, k, &g));
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show(r, p, k, e == ERR_INVALID ? g.seen : (Str){0});
	}
	TRY(e);
	notice(r, "Částky karty %.*s jsou uložené.", STR_ARG(k->code));
	return redirect(r, "/app/karty/%lld", (long long)k->head.id);
}

/* ---- a new one ---- */

static const char *const new_fields[] = {"code", "title", "measure", "description", "justification", "target_groups", "kinds", "forms", "change_type", "unit",
                                         "capacity_now", "capacity_target", "partners", "responsible", "starts_on", "ends_on", "risks", "conditions", NULL};

Err card_measure_field(Req *r, const Plan *p, FieldView *f) {
	Strategy all;
	Str      chosen = r->http->method == METHOD_POST ? form(r, "measure") : (Str){0};
	TRY(strategy_of(r->c, p->head.id, &all));
	f->kind = FIELD_SELECT;
	f->hint = (Str){0};
	f->options = (OptionViews){0};
	*ARENA_PUSH(r->c->arena, f->options.at, f->options.len, f->options.cap) = (OptionView){.label = S("vyberte")};
	for (size_t i = 0; i < all.len; i++) {
		Str id = str_format(r->c->arena, "%lld", (long long)all.at[i]->head.id);
		if (str_eq(all.at[i]->level, S(STRATEGY_MEASURE)))
			*ARENA_PUSH(r->c->arena, f->options.at, f->options.len, f->options.cap) = (OptionView){.value = id, .chosen = str_eq(id, chosen),
				.label = str_format(r->c->arena, "%.*s %.*s", STR_ARG(all.at[i]->code), STR_ARG(all.at[i]->title))};
	}
	return OK;
}

static Err show_new(Req *r, const Plan *p, const ActivityCard *k) {
	Arena      *a = r->c->arena;
	LibraryForm v = {.title = S("Navrhnout kartu aktivity"), .lead = p->title, .button = S("Uložit návrh karty"),
		.help = S("Karta se uloží jako návrh. Částky, území, ukazatele a vazby doplníte potom. Do plánu se dostane, až ji kraj schválí.")};
	v.back = str_format(a, "/app/plan/%.*s/karty", STR_ARG(p->slug));
	v.action = str_cat(a, v.back, S("/nova"));
	for (const char *const *name = new_fields; *name; name++) {
		FieldView f = field_view(r, entity_field(&card_entity, str_c(*name)), k, r->http->method == METHOD_POST);
		if (strcmp(*name, "measure") == 0)
			TRY(card_measure_field(r, p, &f));
		*ARENA_PUSH(a, v.fields, v.count, v.cap) = f;
	}
	v.csrf = csrf_token(r, v.action);
	v.errors = errors_view(r, v.fields, v.count);
	r->is_error = v.errors != NULL;
	crumb(r, S("Karty aktivit"), v.back);
	view_library_form(page(r, v.title), &v);
	return OK;
}

Err page_card_new(Req *r) {
	Plan *p;
	TRY(plan_of_address(r, true, &p));
	ActivityCard *k = entity_new(r->c->arena, &card_entity);
	k->starts_on = date((int)p->year_from, 1, 1);
	k->ends_on = date((int)p->year_to, 12, 31);
	return show_new(r, p, k);
}

Err post_card_new(Req *r) {
	Plan *p;
	TRY(plan_of_address(r, true, &p));
	ActivityCard *k = entity_new(r->c->arena, &card_entity);
	Err e = form_read(r, &card_entity, new_fields, k);
	k->plan = p->head.id;
	e = e == OK ? card_add(r->c, k) : e;
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show_new(r, p, k);
	}
	TRY(e);
	notice(r, "Návrh karty %.*s je uložený. Doplňte částky, území a ukazatele.", STR_ARG(k->code));
	return redirect(r, "/app/karty/%lld", (long long)k->head.id);
}

/* ---- the order of the strategy ---- */

/* What stands below an item is begun at it: the form knows the plan and the parent then. */
static Str below_href(Arena *a, const StrategyItem *s, const char **label) {
	const char *level = str_eq(s->level, S(STRATEGY_PRIORITY)) ? STRATEGY_GOAL : str_eq(s->level, S(STRATEGY_GOAL)) ? STRATEGY_MEASURE : NULL;
	if (!level)
		return (Str){0};
	*label = strcmp(level, STRATEGY_GOAL) == 0 ? "Přidat cíl" : "Přidat opatření";
	return str_format(a, "/app/strategie/novy?plan=%lld&level=%s&parent=%lld", (long long)s->plan, level, (long long)s->head.id);
}

/* Its working groups, and the indicators by which it is judged, each with the code of its card, if the person may know of the card. */
static Err add_care(Req *r, const Plan *p, const StrategyIndicators *judged, const StrategyItem *s, StrategyLine *l) {
	Arena *a = r->c->arena;
	Strs   names = {0};
	for (size_t i = 0; i < s->working_groups.len; i++)
		strs_add(a, &names, codelist_name(r->c, "working_group", s->working_groups.at[i]));
	l->groups = str_join(a, S(", "), names);
	l->judge = str_format(a, "/app/strategie-ukazatele/novy?item=%lld", (long long)s->head.id);
	for (size_t i = 0; i < judged->len; i++) {
		void *indicator, *card;
		if (judged->at[i].item != s->head.id)
			continue;
		TRY(store_get(r->c, &card_indicator_entity, TODAY, judged->at[i].indicator, &indicator));
		TRY(store_get(r->c, &card_entity, TODAY, ((const CardIndicator *)indicator)->card, &card));
		if (!card_is_for(r, p, card))
			continue;
		*ARENA_PUSH(a, l->judged.at, l->judged.len, l->judged.cap) = (LinkView){.href = row_href(r, &strategy_indicator_entity, judged->at[i].head.id),
			.label = str_format(a, "%.*s, karta %.*s", STR_ARG(((const CardIndicator *)indicator)->name), STR_ARG(((const ActivityCard *)card)->code))};
	}
	return OK;
}

Err page_strategy(Req *r) {
	Plan        *p;
	Strategy     all;
	StrategyIndicators judged;
	StrategyPage v = {.title = S("Strategie plánu")};
	TRY(plan_of_address(r, true, &p));
	v.new_href = str_format(r->c->arena, "/app/strategie/novy?plan=%lld&level=%s", (long long)p->head.id, STRATEGY_PRIORITY);
	TRY(strategy_of(r->c, p->head.id, &all));
	TRY(strategy_indicators(r->c, p->head.id, &judged));
	v.lead = p->title;
	v.may_edit = may(r->c, CAP_PLAN_UPDATE);
	for (size_t i = 0; i < all.len; i++) {
		const StrategyItem *s = all.at[i];
		Str base = str_format(r->c->arena, "/app/plan/%.*s/strategie/%lld", STR_ARG(p->slug), (long long)s->head.id);
		StrategyLine l = {.code = s->code, .title = s->title, .level = codelist_name(r->c, "strategy_level", s->level),
			.depth = str_eq(s->level, S(STRATEGY_PRIORITY)) ? 0 : str_eq(s->level, S(STRATEGY_GOAL)) ? 1 : 2, .up = str_cat(r->c->arena, base, S("/vys")),
			.down = str_cat(r->c->arena, base, S("/niz")), .edit = str_format(r->c->arena, "/app/strategie/%lld/upravit", (long long)s->head.id)};
		l.add = below_href(r->c->arena, s, &l.add_label);
		TRY(add_care(r, p, &judged, s, &l));
		l.csrf_up = csrf_token(r, l.up);
		l.csrf_down = csrf_token(r, l.down);
		*ARENA_PUSH(r->c->arena, v.lines.at, v.lines.len, v.lines.cap) = l;
	}
	view_strategy(page(r, v.title), &v);
	return OK;
}

static Err move(Req *r, bool up) {
	static const char *const known[] = {NULL};
	Plan *p;
	Id    id;
	void *row;
	TRY(plan_of_address(r, true, &p));
	TRY(arg_id(r, 1, &id));
	TRY(form_only(r, known));
	TRY(entity_get(r->c, &strategy_entity, TODAY, id, &row));
	if (((const StrategyItem *)row)->plan != p->head.id)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Taková položka ve strategii tohoto plánu není.");
	TRY(strategy_move(r->c, id, up));
	return redirect(r, "/app/plan/%.*s/strategie", STR_ARG(p->slug));
}

Err post_strategy_up(Req *r) {
	return move(r, true);
}

Err post_strategy_down(Req *r) {
	return move(r, false);
}
