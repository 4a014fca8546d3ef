/* sit_delta_page.c: the rows of a difference: what is said of a line, and which rows a page shows. */
#include "base/format.h"
#include "base/text.h"
#include "core/codelist.h"
#include "domain/network/sit_page.h"
#include "domain/territory/territory_page.h"

enum { ROWS_OF_GROUP = 100 };                    /* on a page; files and the PDF have all */

static const struct { const char *code, *title, *empty; RowState state; } groups[DELTA_GROUPS] = {
	[DELTA_CAME] = {"prislo", "Do sítě přišlo", "Do sítě nepřišla žádná služba.", ROW_NEW},
	[DELTA_LEFT] = {"odeslo", "Ze sítě odešlo", "Ze sítě neodešla žádná služba.", ROW_ENDED},
	[DELTA_CHANGED] = {"zmeneno", "V síti se změnilo", "Žádné službě v síti se nic nezměnilo.", ROW_CHANGED},
	[DELTA_MOVED] = {"presun", "Beze změny řádku: obec přešla do jiného obvodu", "", ROW_CHANGED},
	[DELTA_OTHER] = {"mimo", "Mimo síť: připravované a ukončené řádky", "", ROW_CHANGED},
	[ONLY_MONEY] = {"strop", "Změnil se jen strop vyrovnávací platby", "", ROW_CHANGED},
};

/* ---- which rows ---- */

static Err chosen_group(Req *r, int *ret) {
	Str code = query(r, "skupina");
	*ret = -1;
	for (size_t i = 0; i < LEN(groups); i++)
		if (str_eq(code, str_c(groups[i].code)))
			*ret = (int)i;
	return *ret >= 0 || !code.len ? OK : fail(r->c, ERR_MALFORMED, NULL, "Takovou skupinu rozdíl nemá. Použijte odkazy na stránce rozdílu.");
}

Err delta_chosen(Req *r, DeltaChoice *ret) {
	Str orp = query(r, "orp");
	*ret = (DeltaChoice){.kind = query(r, "druh"), .district = orp.len ? territory_by_slug(r->c, LEVEL_DISTRICT, orp) : NULL};
	if (orp.len && !ret->district)
		return fail(r->c, ERR_NOT_FOUND, NULL, "Takový obvod v kraji není. Vyberte jej z tabulky na stránce rozdílu.");
	if (ret->kind.len && !codelist_find(r->c, "service_kind", ret->kind))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Druh služby „%.*s“ neznáme. Vyberte jej z tabulky na stránce rozdílu.", STR_ARG(utf8_first(ret->kind, 40)));
	TRY(chosen_group(r, &ret->group));
	return query_int(r, "strana", 1, 1, 1000000, &ret->page);
}

size_t delta_group(const LineDelta *d) {
	return delta_is_only_money(d) ? ONLY_MONEY : d->kind;
}

i64 delta_shown(const DeltaChoice *k, const LineDelta *d, Str unit) {
	return delta_part(d, unit, k->kind, k->district);
}

static bool is_of_part(const DeltaChoice *k) {
	return k->district || k->kind.len;
}

bool delta_is_chosen(const DeltaChoice *k, const LineDelta *d) {
	if (k->group >= 0 && delta_group(d) != (size_t)k->group)
		return false;
	return !is_of_part(k) || delta_shown(k, d, S("U")) || delta_shown(k, d, S("L"));
}

/* ---- what is said of a line ---- */

static void say(Ctx *c, SitDelta *d, const char *what, Str before, Str after) {
	strs_add(c->arena, &d->changes, str_format(c->arena, "%s: %.*s → %.*s.", what, STR_ARG(before.len ? before : S("–")), STR_ARG(after.len ? after : S("–"))));
}

static Str amount_words(Ctx *c, const Line *l) {
	return str_format(c->arena, "%.*s %.*s", STR_ARG(sit_number(c->arena, l->capacity.hundredths, l->unit)), STR_ARG(l->unit));
}

/* Shares stand in the same order at both. */
static void say_moved(Ctx *c, SitDelta *d, const LineDelta *x) {
	for (size_t i = 0; i < x->before->part_count && i < x->after->part_count; i++) {
		const LinePart *b = &x->before->parts[i], *a = &x->after->parts[i];
		if (b->unit == a->unit && b->district != a->district)
			strs_add(c->arena, &d->changes, str_format(c->arena, "Obec %.*s přešla z obvodu %.*s do obvodu %.*s.", STR_ARG(a->unit->name), STR_ARG(b->district->name),
			                                           STR_ARG(a->district->name)));
	}
}

static void say_changes(Ctx *c, const LineDelta *x, int year_before, int year_after, SitDelta *d) {
	const Line *b = x->before ? x->before->line : NULL, *a = x->after ? x->after->line : NULL;
	if (x->kind == DELTA_CAME)
		strs_add(c->arena, &d->changes, str_format(c->arena, "Do sítě s kapacitou %.*s, úroveň %.*s.", STR_ARG(amount_words(c, a)), STR_ARG(codelist_name(c, "network_level", a->level))));
	if (x->kind == DELTA_LEFT)
		strs_add(c->arena, &d->changes, str_format(c->arena, "Ze sítě odešlo %.*s%s%.*s.", STR_ARG(amount_words(c, b)), a ? ", stav " : "",
		                                           STR_ARG(a ? codelist_name(c, "line_status", a->status) : (Str){0})));
	if (!a || !b || x->kind == DELTA_CAME || x->kind == DELTA_LEFT)
		return;
	if (x->capacity)
		say(c, d, "Kapacita", amount_words(c, b), amount_words(c, a));
	if (x->territory)
		say(c, d, "Územní působnost", line_areas.people(c, b->areas), line_areas.people(c, a->areas));
	if (x->moved)
		say_moved(c, d, x);
	if (x->level)
		say(c, d, "Úroveň", codelist_name(c, "network_level", b->level), codelist_name(c, "network_level", a->level));
	if (x->status)
		say(c, d, "Stav", codelist_name(c, "line_status", b->status), codelist_name(c, "line_status", a->status));
	if (x->ceiling)
		say(c, d, "Strop vyrovnávací platby", money_text(c->arena, line_ceiling(x->before, year_before), "–"), money_text(c->arena, line_ceiling(x->after, year_after), "–"));
	if (x->money && !x->ceiling)
		strs_add(c->arena, &d->changes, S("Stropy jiných let."));
	for (size_t i = 0; x->other && i < line_entity.field_count; i++) {
		static const char *const shown[] = {"name", "provider", "kind", "forms", "target_groups", "regionality", "since", "until", "points", "project_financed", "service"};
		const Field *f = &line_entity.fields[i];
		bool is_shown = false;
		for (size_t k = 0; k < LEN(shown); k++)
			is_shown = is_shown || strcmp(f->name, shown[k]) == 0;
		if (is_shown && !field_equal(f, b, a))
			say(c, d, f->label, field_people(c, f, b), field_people(c, f, a));
	}
}

Str sit_signed_money(Arena *a, i64 n) {
	return n ? str_cat(a, n > 0 ? S("+") : S("−"), money_text(a, n > 0 ? n : -n, "–")) : S("0");
}

static SitDelta delta_view(Req *r, const DeltaChoice *k, const LineDelta *x, int year_before, int year_after) {
	Ctx             *c = r->c;
	const LineWhole *l = x->after ? x->after : x->before;
	SitDelta d = {.number = l->line->number, .name = l->line->name, .provider = l->provider, .kind = codelist_name(c, "service_kind", l->line->kind),
	              .href = str_format(c->arena, "/sit/sluzba/%lld", (long long)l->line->head.id), .fte = sit_signed(c->arena, delta_shown(k, x, S("U")), S("U")),
	              .beds = sit_signed(c->arena, delta_shown(k, x, S("L")), S("L")), .why = x->after ? x->after->line->change_reason : (Str){0}};
	d.money = is_of_part(k) ? S("–") : sit_signed_money(c->arena, x->ceiling);
	say_changes(c, x, year_before, year_after, &d);
	return d;
}

/* ---- groups ---- */

static void add_way(Req *r, SitDeltaGroup *g, size_t group, const DeltaChoice *k, size_t all) {
	Arena *a = r->c->arena;
	Str    here = url_with(r, "strana", (Str){0});
	if (k->group >= 0)
		g->pager = (PagerView){.label = S("Stránkování skupiny"), .page = k->page, .pages = ((i64)all + ROWS_OF_GROUP - 1) / ROWS_OF_GROUP,
		                       .base = str_cat(a, here, str_has(here, S("?")) ? S("&strana=") : S("?strana="))};
	if (all <= ROWS_OF_GROUP)
		return;
	g->more = k->group >= 0 ? str_format(a, "Na stránce je nejvýše %d řádků. Soubory ke stažení mají všechny.", ROWS_OF_GROUP)
	                        : str_format(a, "Zobrazeno je prvních %d řádků z %.*s. Soubory ke stažení mají všechny.", ROWS_OF_GROUP, STR_ARG(text_number(a, (i64)all)));
	if (k->group < 0)
		g->more_href = str_format(a, "%.*s#%s", STR_ARG(url_with(r, "skupina", str_c(groups[group].code))), groups[group].code);
}

/* Rows that the page shows: of each group the first hundred, or a hundred of one. */
static bool *shown_rows(Arena *a, const NetworkDiff *d, const DeltaChoice *k) {
	bool  *shown = NEW_ARRAY(a, bool, d->len + 1);
	size_t first = k->group >= 0 ? (size_t)(k->page - 1) * ROWS_OF_GROUP : 0, seen[DELTA_GROUPS] = {0};
	for (size_t i = 0; i < d->len; i++) {
		if (!delta_is_chosen(k, &d->at[i]))
			continue;
		size_t n = seen[delta_group(&d->at[i])]++;
		shown[i] = n >= first && n < first + ROWS_OF_GROUP;
	}
	return shown;
}

/* `shown` NULL: all of them. */
static void fill_group(Req *r, const NetworkDiff *d, const DeltaChoice *k, size_t group, const bool *shown, SitDeltaGroup *g) {
	Arena *a = r->c->arena;
	size_t all = 0;
	i64    fte = 0, beds = 0, ceiling = 0;
	*g = (SitDeltaGroup){.id = str_c(groups[group].code), .empty = str_c(groups[group].empty), .state = groups[group].state};
	for (size_t i = 0; i < d->len; i++) {
		const LineDelta *x = &d->at[i];
		if (delta_group(x) != group || !delta_is_chosen(k, x))
			continue;
		if (!shown || shown[i])
			*ARENA_PUSH(a, g->rows.at, g->rows.len, g->rows.cap) = delta_view(r, k, x, date_year(d->from.valid), date_year(d->to.valid));
		all++;
		fte += delta_shown(k, x, S("U"));
		beds += delta_shown(k, x, S("L"));
		ceiling += x->ceiling;
	}
	g->title = str_format(a, "%s (%zu)", groups[group].title, all);
	g->fte = sit_signed(a, fte, S("U"));
	g->beds = sit_signed(a, beds, S("L"));
	g->money = is_of_part(k) ? S("–") : sit_signed_money(a, ceiling);
	if (shown)
		add_way(r, g, group, k, all);
}

static NoteView say_part(Req *r, const DeltaChoice *k, bool is_empty) {
	Ctx     *c = r->c;
	NoteView v = {0};
	CLEANUP(buf_free) Buf b = {0};
	if (is_empty)
		buf_lit(&b, "Výběru neodpovídá žádný řádek.");
	else if (k->district)
		buf_format(&b, "Jen řádky, které mění součty obvodu %.*s. Úvazky a lůžka jsou podíly tohoto obvodu.", STR_ARG(k->district->name));
	else if (k->kind.len)
		buf_format(&b, "Jen řádky, které mění součty druhu %.*s.", STR_ARG(codelist_name(c, "service_kind", k->kind)));
	else
		buf_lit(&b, "Jen jedna skupina řádků rozdílu.");
	v.title = S("Díváte se na část rozdílu.");
	v.text = buf_take(&b, c->arena);
	return v;
}

Err delta_groups(Req *r, const NetworkDiff *d, const DeltaChoice *k, bool is_whole, SitDiffView *v) {
	const bool *shown = is_whole ? NULL : shown_rows(r->c->arena, d, k);
	size_t      rows = 0;
	TRY(network_diff_name(r->c, d, shown));
	for (size_t i = 0; i < DELTA_GROUPS; i++) {
		fill_group(r, d, k, i, shown, &v->groups[i]);
		rows += v->groups[i].rows.len;
	}
	v->is_part = is_of_part(k) || k->group >= 0;
	if (v->is_part)
		v->part = say_part(r, k, rows == 0);
	return OK;
}
