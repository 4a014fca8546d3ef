/* score_cases.c: inputs of an application, each read where it stands. */
#include "domain/network/score_cases.h"

#include "base/format.h"
#include "base/text.h"
#include "domain/network/score.sql.h"
#include "domain/rulebook/rulebook.h"

/* ---- what applications of a call have in common ---- */

static Err read_lines(Ctx *c, ScoreWorld *w) {
	Network *basic;
	size_t   said = c->problems.len;
	Err      e = network_of_tier(c, (Str){0}, &basic);
	if (e == ERR_NOT_FOUND) {
		c->problems.len = said;
		return OK;
	}
	TRY(e);
	return lines_of(c, basic->head.id, (AsOf){.valid = w->day}, &w->lines);
}

static Err read_optimal(Ctx *c, ScoreWorld *w) {
	OptimalYears years;
	w->optimal_year = BLANK;
	TRY(optimal_years(c, &years));
	for (size_t i = 0; i < years.len; i++)
		if (years.at[i] <= w->call->target_year && (w->optimal_year == BLANK || years.at[i] > w->optimal_year))
			w->optimal_year = years.at[i];
	return w->optimal_year == BLANK ? OK : optimal_of_year(c, TODAY, w->optimal_year, &w->optimal);
}

static Err read_needs(Ctx *c, ScoreWorld *w) {
	Rows r = db_query(ctx_conn(c), &sql_score_needs, P(V(w->call->target_year)));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, w->needs.at, w->needs.len, w->needs.cap) = (ScoreNeed){
			.id = col_int(&r, 0), .title = str_dup(c->arena, col_text(&r, 1)), .district = col_int(&r, 2), .kind = str_dup(c->arena, col_text(&r, 3)),
			.group = str_dup(c->arena, col_text(&r, 4)), .state = str_dup(c->arena, col_text(&r, 5)), .rank_district = col_int(&r, 6), .rank_region = col_int(&r, 7),
			.card = str_dup(c->arena, col_text(&r, 8))};
	return rows_end(&r) == OK ? OK : fail_internal(c, "needs");
}

static Err read_plan(Ctx *c, ScoreWorld *w) {
	Plan *p;
	TRY(plan_of_day(c, w->day, &p));
	w->plan = p;
	if (!p)
		return OK;
	TRY(cards_of(c, p, CARDS_ALL, &w->cards));
	return strategy_of(c, p->head.id, &w->strategy);
}

Err score_world(Ctx *c, const Call *k, ScoreWorld **ret) {
	ScoreWorld *w = NEW(c->arena, ScoreWorld, .c = c, .call = k, .day = date((int)k->target_year, 1, 1));
	TRY(call_targets(c, k->head.id, &w->targets));
	TRY(read_lines(c, w));
	TRY(read_optimal(c, w));
	TRY(read_needs(c, w));
	TRY(read_plan(c, w));
	*ret = w;
	return OK;
}

const LineWhole *score_own_line(const ScoreWorld *w, const Application *a) {
	for (size_t i = 0; i < w->lines.len && a->service > 0; i++)
		if (w->lines.at[i].line->service == a->service && words_have(LINE_PREPARED " " LINE_IN_NETWORK " " LINE_WITH_RESERVATION " " LINE_EXIT_PROPOSED,
		                                                             w->lines.at[i].line->status))
			return &w->lines.at[i];
	return NULL;
}

/* ---- one application ---- */

typedef struct Facts {
	Ctx               *c;
	Arena             *a;
	ScoreWorld        *w;
	const Application *x;
	FormTree           form;
	FormValues         values;
	AreaShares         areas;
	Statements         statements;
	NeedLinks          links;
	const ScoreNeed   *need;
	const LineWhole   *own;
	ReferenceValue    *reference;            /* NULL = there is none */
	CaseCells        *to;
	Str                form_source, form_link;
} Facts;

static void put(Facts *f, const char *name, RuleValue v, Str source, Str link) {
	*ARENA_PUSH(f->a, f->to->at, f->to->len, f->to->cap) = (CaseCell){rule_key(f->a, str_c(name)), v, source, link};
}

static void put_form(Facts *f, const char *name, const char *part, RuleValue v) {
	put(f, name, v, str_format(f->a, "%.*s, část %s", STR_ARG(f->form_source), part), f->form_link);
}

static RuleValue hundredths(Facts *f, RuleType type, i64 n) {
	return n == BLANK ? rule_blank(type) : rule_number(type, exact_ratio(f->a, n, 100));
}

static RuleValue count(Facts *f, i64 n) { return n == BLANK ? rule_not_applicable(RULE_COUNT) : rule_int(f->a, RULE_COUNT, n); }

static bool works_in(const Facts *f, Id district) {
	for (size_t i = 0; i < f->areas.len; i++)
		if (f->areas.at[i].district->id == district)
			return true;
	return false;
}

/* ---- the need ---- */

static bool is_named(const Facts *f, const ScoreNeed *n, bool *any) {
	bool named = false;
	*any = f->links.len > 0 || f->w->targets.need_count > 0;
	for (size_t i = 0; i < f->links.len; i++)
		named = named || f->links.at[i].need == n->id;
	for (size_t i = 0; i < f->w->targets.need_count && !f->links.len; i++)
		named = named || f->w->targets.needs[i] == n->id;
	return named;
}

/* Linked by an officer, or one of those that the call is for; otherwise of the same kind, or without a kind for the same group. */
static bool answers(const Facts *f, const ScoreNeed *n) {
	bool any, named = is_named(f, n, &any), here = n->district <= 0 || works_in(f, n->district);
	bool alike = str_eq(n->kind, f->x->kind) || (!n->kind.len && str_eq(n->group, f->x->target_group));
	return f->links.len ? named : here && alike && (!any || named);
}

static bool is_steering(const ScoreNeed *n) { return !str_eq(n->state, S(NEED_AGREED_GROUP)); }

static bool is_before(const ScoreNeed *x, const ScoreNeed *y) {
	i64 a = x->rank_district == BLANK ? INT64_MAX : x->rank_district, b = y->rank_district == BLANK ? INT64_MAX : y->rank_district;
	return is_steering(x) != is_steering(y) ? is_steering(x) : a < b;
}

static void put_need(Facts *f) {
	const ScoreNeed *best = NULL;
	for (size_t i = 0; i < f->w->needs.len; i++) {
		const ScoreNeed *n = &f->w->needs.at[i];
		if (answers(f, n) && (!best || is_before(n, best)))
			best = n;
	}
	f->need = best;
	Str source = best ? str_format(f->a, "Potřeba č. %lld: %.*s", (long long)best->id, STR_ARG(best->title))
	                  : S("Evidence potřeb: v území služby není odsouhlasená potřeba stejného druhu ani skupiny"),
	    link = best ? str_format(f->a, "/app/potreby/%lld", (long long)best->id) : S("/app/potreby");
	put(f, "stav_potřeby", rule_text(!best ? S("není") : is_steering(best) ? S("ÚŘS") : S("OPS")), source, link);
	put(f, "pořadí_potřeby", count(f, best ? best->rank_district : BLANK), source, link);
	put(f, "pořadí_potřeby_v_kraji", count(f, best ? best->rank_region : BLANK), source, link);
}

/* ---- the plan ---- */

static bool is_word(u8 b) { return (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || b >= 0x80; }

/* As a word of its own: "1.2" is not in "1.2.3". */
static bool names(Str text, Str code) {
	for (size_t from = 0; code.len && from + code.len <= text.len;) {
		i64 at = str_find(str_from(text, from), code);
		if (at < 0)
			return false;
		size_t begin = from + (size_t)at, end = begin + code.len;
		bool free_before = begin == 0 || !(is_word((u8)text.ptr[begin - 1]) || text.ptr[begin - 1] == '.' || text.ptr[begin - 1] == '-');
		bool joined = end + 1 < text.len && (text.ptr[end] == '.' || text.ptr[end] == '-') && is_word((u8)text.ptr[end + 1]);
		bool free_after = end == text.len || !(is_word((u8)text.ptr[end]) || joined);
		if (free_before && free_after)
			return true;
		from = begin + 1;
	}
	return false;
}

static void put_plan(Facts *f) {
	Str said = form_text_of(&f->values, "vazba"), link = f->w->plan ? str_format(f->a, "/plan/%.*s/karty", STR_ARG(f->w->plan->slug)) : (Str){0};
	if (f->need && f->need->card.len) {
		put(f, "vazba_na_plán", rule_yes_no(true), str_format(f->a, "Karta „%.*s“, která odpovídá na potřebu č. %lld", STR_ARG(f->need->card), (long long)f->need->id), link);
		return;
	}
	for (size_t i = 0; i < f->w->cards.len; i++)
		if (card_counts(f->w->cards.at[i]) && names(said, f->w->cards.at[i]->code)) {
			put(f, "vazba_na_plán", rule_yes_no(true), str_format(f->a, "Karta %.*s plánu, kterou žádost uvádí", STR_ARG(f->w->cards.at[i]->code)), link);
			return;
		}
	for (size_t i = 0; i < f->w->strategy.len; i++)
		if (str_eq(f->w->strategy.at[i]->level, S(STRATEGY_MEASURE)) && names(said, f->w->strategy.at[i]->code)) {
			put(f, "vazba_na_plán", rule_yes_no(true), str_format(f->a, "Opatření %.*s plánu, které žádost uvádí", STR_ARG(f->w->strategy.at[i]->code)), link);
			return;
		}
	if (!said.len)
		put_form(f, "vazba_na_plán", "Potřebnost (vazba není uvedená)", rule_yes_no(false));
	else
		put_form(f, "vazba_na_plán", "Potřebnost (program v textu vazby nenašel kartu ani opatření plánu)", rule_blank(RULE_YES_NO));
}

/* ---- capacity: what is wanted, what there is ---- */

static void put_optimal(Facts *f) {
	i64  sum = 0;
	bool known = false;
	for (size_t i = 0; i < f->w->optimal.len; i++) {
		const OptimalRow *o = &f->w->optimal.at[i];
		if (!str_eq(o->kind, f->x->kind) || !str_eq(o->unit, f->x->unit) || !works_in(f, o->district))
			continue;
		known = true;
		sum += o->value;
	}
	put(f, "optimální_kapacita", known ? hundredths(f, RULE_NUMBER, sum) : rule_blank(RULE_NUMBER),
	    known ? str_format(f->a, "Optimální kapacita druhu v obvodech žádosti, rok %lld", (long long)f->w->optimal_year)
	          : S("Optimální kapacita: pro druh a obvody žádosti není zadaná"), S("/app/potreby/optimalni"));
}

/* Of others: what the service itself has now is part of what it asks for. */
static void put_network(Facts *f) {
	i64    sum = 0, parts[64];
	size_t lines = 0, alike = 0;
	for (size_t i = 0; i < f->w->lines.len; i++) {
		const LineWhole *l = &f->w->lines.at[i];
		bool here = false, same_form = false;
		if (!line_counts(l->line) || l == f->own || !str_eq(l->line->kind, f->x->kind) || l->area_count > LEN(parts))
			continue;
		line_split(l, l->line->capacity.hundredths, line_step(l), parts);
		for (size_t k = 0; k < l->area_count; k++)
			if (l->areas[k].district && works_in(f, l->areas[k].district->id)) {
				here = true;
				sum += str_eq(l->line->unit, f->x->unit) ? parts[k] : 0;
			}
		for (size_t k = 0; k < l->line->forms.len; k++)
			same_form = same_form || str_eq(l->line->forms.at[k], f->x->form);
		lines += here;
		alike += here && same_form;
	}
	CLEANUP(buf_free) Buf day = {0};
	fmt_date(&day, f->w->day);
	Str on = buf_take(&day, f->a), link = S("/sit");
	put(f, "kapacita_sítě", hundredths(f, RULE_NUMBER, sum), str_format(f->a, "Síť k %.*s, jiné služby téhož druhu v obvodech žádosti: %zu", STR_ARG(on), lines), link);
	put(f, "jiná_služba_v_území", rule_yes_no(alike > 0), str_format(f->a, "Síť k %.*s, jiné služby téhož druhu a formy: %zu", STR_ARG(on), alike), link);
	put(f, "naplnění_jiných_služeb", alike ? rule_blank(RULE_PERCENT) : rule_not_applicable(RULE_PERCENT),
	    alike ? S("Výkazy naplnění se zatím nesbírají") : S("V území jiná služba není"), (Str){0});
	bool counts = f->own && line_counts(f->own->line);
	Str  own = f->own ? str_format(f->a, "Síť k %.*s, řádek %.*s", STR_ARG(on), STR_ARG(f->own->line->number)) : str_format(f->a, "Síť k %.*s: služba v ní nemá řádek", STR_ARG(on));
	put(f, "v_síti", rule_yes_no(counts), own, link);
	put(f, "má_výhradu", rule_yes_no(f->own && str_eq(f->own->line->status, S(LINE_WITH_RESERVATION))), own, link);
	put(f, "naplnění", counts ? rule_blank(RULE_PERCENT) : rule_not_applicable(RULE_PERCENT), counts ? S("Výkazy naplnění se zatím nesbírají") : own, (Str){0});
}

/* ---- the form ---- */

static RuleValue staff(Facts *f, bool qualified) {
	i64 sum = 0;
	for (i64 line = 1; line <= form_lines(&f->values, &f->form, S("Pracovníci")); line++) {
		const FormValue *fte = form_value(&f->values, S("uvazek"), line), *direct = form_value(&f->values, S("prima"), line),
		                *has = form_value(&f->values, S("kvalifikace"), line);
		bool counts = fte && fte->amount != BLANK && direct && str_eq(direct->typed, S("ano")) && (!qualified || (has && str_eq(has->typed, S("ano"))));
		if (counts && __builtin_add_overflow(sum, fte->amount, &sum))
			return rule_failed(RULE_FTE, S("Součet úvazků je příliš velký. Opravte je v podání."));
	}
	return rule_number(RULE_FTE, exact_ratio(f->a, sum, 100));
}

static RuleValue own_income(Facts *f) {
	static const char *const own[] = {"s5", "s6", "s7", "s10"};
	i64 sum = 0;
	for (size_t i = 0; i < LEN(own); i++) {
		i64 n = form_amount_of(&f->form, &f->values, own[i]);
		if (n == BLANK)
			return rule_blank(RULE_MONEY);
		if (__builtin_add_overflow(sum, n, &sum))
			return rule_failed(RULE_MONEY, S("Součet výnosů je příliš velký. Opravte ho v podání."));
	}
	return rule_money(f->a, (Money){sum});
}

static RuleValue inspection(Facts *f, Str said) {
	static const struct { const char *key, *value; } known[] = {{"nebyla", "dosud nebyla"}, {"dosud nebyla", "dosud nebyla"}, {"zatim nebyla", "dosud nebyla"},
		{"bez zavad", "bez závad"}, {"zavazne zavady", "závažné závady"}};
	while (str_ends(said, S(".")))
		said = str_first(said, said.len - 1);
	for (size_t i = 0; i < LEN(known); i++)
		if (str_eq(rule_key(f->a, said), rule_key(f->a, str_c(known[i].key))))
			return rule_text(str_c(known[i].value));
	return rule_blank(RULE_TEXT);
}

static void put_fields(Facts *f) {
	const Application *x = f->x;
	Str  form = str_eq(x->form, S("pob")) ? S("R") : str_eq(x->form, S("amb")) ? S("A") : S("T"), said = form_text_of(&f->values, "inspekce");
	bool beds = str_eq(x->unit, S("L"));
	put_form(f, "typ_žádosti", "Služba", rule_text(x->type));
	put_form(f, "je_záměr", "Služba", rule_yes_no(str_eq(x->type, S("C")) && x->service <= 0));
	put_form(f, "jednotka", "Kapacita", rule_text(!x->unit.len ? (Str){0} : beds ? S("lůžko") : S("úvazek")));
	put_form(f, "druh_a_forma", "Služba", rule_text(str_format(f->a, "%.*s %.*s", STR_ARG(x->kind), STR_ARG(form))));
	put_form(f, "požadovaná_kapacita", "Kapacita", hundredths(f, RULE_NUMBER, x->capacity.hundredths));
	put_form(f, "jednotky", "Kapacita", hundredths(f, RULE_NUMBER, x->capacity.hundredths));
	put_form(f, "úvazky_přímé_péče", "Personál", staff(f, false));
	put_form(f, "kvalifikované_úvazky", "Personál", staff(f, true));
	put_form(f, "plánované_náklady", "Náklady", rule_money(f->a, x->costs));
	put_form(f, "plánované_výnosy", "Zdroje", own_income(f));
	put_form(f, "spolufinancování", "Zdroje", rule_money(f->a, x->co_funding));
	put_form(f, "požadavek", "Zdroje", rule_money(f->a, x->vp));
	put_form(f, "kontrola_kvality", str_z(f->a, str_format(f->a, "Prostory a kvalita: „%.*s“", STR_ARG(utf8_first(said, 120)))), inspection(f, said));
}

/* ---- statements, reference values, the year ---- */

static void put_statements(Facts *f) {
	i64    positive = 0;
	size_t came = 0;
	for (size_t i = 0; i < f->statements.len; i++) {
		const Statement *s = f->statements.at[i];
		came += statement_came(s);
		for (size_t k = 0; k < f->areas.len && statement_came(s) && str_eq(s->verdict, S("potrebna")); k++)
			positive += f->areas.at[k].district->id == s->district ? f->areas.at[k].share.basis_points : 0;
	}
	put(f, "podíl_kladných_vyjádření", rule_percent(f->a, (Percent){positive}), str_format(f->a, "Vyjádření obcí: došla %zu z %zu", came, f->statements.len), f->form_link);
}

static void put_reference(Facts *f) {
	const ReferenceValue *v = f->reference;
	Str source = v ? str_format(f->a, "Referenční hodnoty roku %lld: %.*s", (long long)v->year, STR_ARG(v->source)) : S("Referenční hodnoty: pro druh a jednotku žádosti nejsou zadané"),
	    link = v ? str_format(f->a, "/app/pravidla/hodnoty/%lld", (long long)v->head.id) : S("/app/pravidla/hodnoty");
	put(f, "referenční_náklad", v ? rule_money(f->a, v->cost) : rule_blank(RULE_MONEY), source, link);
	put(f, "referenční_výnos", v ? rule_money(f->a, v->revenue) : rule_blank(RULE_MONEY), source, link);
	put(f, "regionální_hodnota", v ? rule_money(f->a, v->region_value) : rule_blank(RULE_MONEY), source, link);
	put(f, "národní_hodnota", v ? rule_money(f->a, v->national_value) : rule_blank(RULE_MONEY), source, link);
	put(f, "počet_poskytovatelů", v && v->providers != BLANK ? rule_int(f->a, RULE_COUNT, v->providers) : rule_blank(RULE_COUNT), source, link);
}

static void put_year(Facts *f) {
	int year = date_year(f->w->day);
	i64 days = date(year + 1, 1, 1).n - date(year, 1, 1).n;
	Str source = str_format(f->a, "Výzva: síť na rok %d, celý rok", year);
	put(f, "měsíce_pověření", rule_int(f->a, RULE_COUNT, 12), source, (Str){0});
	put(f, "dny_pověření", rule_int(f->a, RULE_COUNT, days), source, (Str){0});
	put(f, "dny_roku", rule_int(f->a, RULE_COUNT, days), source, (Str){0});
}

static Err read_facts(Facts *f) {
	Ctx        *c = f->c;
	Submission *s;
	size_t      said = c->problems.len;
	TRY(submission_of(c, application_entity.name, f->x->head.id, &s));
	if (!s)
		return fail_internal(c, "an application without a form");
	TRY(form_tree(c, s->form_version, &f->form));
	TRY(submission_values(c, s->head.id, &f->values));
	application_areas(c, f->x, &f->areas);
	TRY(statements_of(c, f->x->head.id, &f->statements));
	TRY(need_links_of(c, application_entity.name, f->x->head.id, &f->links));
	f->own = score_own_line(f->w, f->x);
	Err e = reference_value(c, f->x->kind, f->x->unit, f->w->call->target_year, &f->reference);
	if (e == ERR_NOT_FOUND) {
		f->reference = NULL;
		c->problems.len = said;
		return OK;
	}
	return e;
}

Err score_cells_now(ScoreWorld *w, const Application *a, CaseCells *ret) {
	Facts f = {.c = w->c, .a = w->c->arena, .w = w, .x = a, .to = ret, .form_source = str_format(w->c->arena, "Žádost č. %lld", (long long)a->head.id),
	           .form_link = str_format(w->c->arena, "/app/zadosti/%lld", (long long)a->head.id)};
	*ret = (CaseCells){0};
	TRY(read_facts(&f));
	put_fields(&f);
	put_need(&f);
	put_plan(&f);
	put_optimal(&f);
	put_network(&f);
	put_statements(&f);
	put_reference(&f);
	put_year(&f);
	return OK;
}

bool score_cell(void *cells, Arena *a, const RuleName *input, RuleCell *ret) {
	const CaseCells *all = cells;
	(void)a;
	for (size_t i = 0; i < all->len; i++)
		if (str_eq(all->at[i].key, input->key)) {
			*ret = (RuleCell){.value = all->at[i].value, .source = all->at[i].source, .link = all->at[i].link};
			return !input->is_list;
		}
	return false;
}
