/* catalogue_page.c: the list of the catalogue: what the address asks for, the filters with counts, the rows. */
#include "domain/register/catalogue.html.h"
#include "domain/register/catalogue_parts_page.h"
#include "domain/register/catalogue_page.h"

enum { PAGE_ROWS = 25, FOLD_KINDS = 5 };

static const struct { CatalogueFacet facet; const char *parameter; } parameters[] = {
	{CAT_GROUP, "pro"}, {CAT_FORM, "forma"}, {CAT_KIND, "druh"}, {CAT_DISTRICT, "orp"}, {CAT_PLACE, "obec"}, {CAT_AGE, "vek"}, {CAT_ACT, "zakon"},
};

/* ---- what the address asks ---- */

static bool is_chosen(const CatalogueChoice *chosen, size_t value) {
	for (size_t i = 0; i < chosen->len; i++)
		if (chosen->at[i] == value)
			return true;
	return false;
}

static Err read_choice(Req *r, const Catalogue *k, CatalogueFacet f, const char *name, CatalogueChoice *ret) {
	Strs values = query_all(r, name);
	for (size_t i = 0; i < values.len; i++) {
		if (str_empty(values.at[i]))
			continue;
		i64 at = catalogue_value(k, f, values.at[i]);
		if (at < 0)
			return fail(r->c, ERR_MALFORMED, NULL, "Parametr „%s“ v adrese má hodnotu „%.*s“, kterou katalog nezná. Vyberte ji ve filtru katalogu.", name,
			            STR_ARG(utf8_first(values.at[i], 60)));
		if (!is_chosen(ret, (size_t)at))
			*ARENA_PUSH(r->c->arena, ret->at, ret->len, ret->cap) = (u32)at;
	}
	return OK;
}

/* "123~Jilm, p. o.~Domov Jilm": the row and what it is sorted by. */
static Err read_key(Req *r, const char *name, CatalogueKey *ret) {
	Str typed = query(r, name), rest = typed, id = str_cut(&rest, '~');
	if (str_empty(typed))
		return OK;
	ret->sorted_by = str_cut(&rest, '~');
	ret->name = rest;
	if (typed.len <= 1000 && str_to_int(id, &ret->id) && ret->id > 0)
		return OK;
	return fail(r->c, ERR_MALFORMED, NULL, "Parametr „%s“ v adrese není v pořádku. Vraťte se na začátek seznamu.", name);
}

static Str key_text(Req *r, const Catalogue *k, CatalogueOrder order, u32 row) {
	CatalogueKey key = catalogue_key(k, order, row);
	return str_format(r->c->arena, "%lld~%.*s~%.*s", (long long)key.id, STR_ARG(key.sorted_by), STR_ARG(key.name));
}

static Err read_order(Req *r, CatalogueQuery *ret) {
	static const struct { const char *word; CatalogueOrder order; } orders[] = {
		{"nazev", CAT_BY_NAME}, {"poskytovatel", CAT_BY_PROVIDER}, {"obec", CAT_BY_PLACE},
	};
	Str typed = query(r, "radit"), word = typed;
	ret->descending = str_starts(word, S("-"));
	word = str_from(word, ret->descending);
	for (size_t i = 0; i < LEN(orders); i++)
		if (str_eq(word, str_c(orders[i].word)) || (str_empty(typed) && i == 0)) {
			ret->order = orders[i].order;
			return OK;
		}
	return fail(r->c, ERR_MALFORMED, NULL, "Parametr „radit“ v adrese má být nazev, poskytovatel nebo obec, s pomlčkou na začátku sestupně.");
}

static Err read_view(Req *r, ListKind *ret) {
	Str typed = query(r, "zobrazit");
	*ret = str_eq(typed, S("mapa")) ? LIST_MAP : str_eq(typed, S("tabulka")) ? LIST_TABLE : LIST_OVERVIEW;
	if (str_empty(typed) || *ret != LIST_OVERVIEW)
		return OK;
	return fail(r->c, ERR_MALFORMED, NULL, "Parametr „zobrazit“ v adrese má být mapa nebo tabulka.");
}

/* The list shows today and is paged by key: what other lists know is refused, not passed over. */
static Err refuse_foreign(Req *r) {
	static const char *const foreign[] = {"ke-dni", "znalost", "strana"};
	for (size_t i = 0; i < LEN(foreign); i++)
		if (query(r, foreign[i]).len)
			return fail(r->c, ERR_MALFORMED, NULL, "Parametr „%s“ katalog nezná: ukazuje služby, které fungují dnes. Stav k jinému dni má stránka služby.", foreign[i]);
	return OK;
}

static Err read_query(Req *r, const Catalogue *k, CatalogueQuery *q, ListKind *kind) {
	*q = (CatalogueQuery){.text = query(r, "q"), .limit = PAGE_ROWS};
	TRY(refuse_foreign(r));
	for (size_t i = 0; i < LEN(parameters); i++)
		TRY(read_choice(r, k, parameters[i].facet, parameters[i].parameter, &q->chosen[parameters[i].facet]));
	TRY(read_view(r, kind));
	TRY(read_order(r, q));
	TRY(read_key(r, "od", &q->after));
	return read_key(r, "pred", &q->before);
}

/* ---- filters ---- */

static void add_option(Arena *a, OptionViews *to, Str value, Str label, i64 count, bool chosen) {
	*ARENA_PUSH(a, to->at, to->len, to->cap) = (OptionView){.value = value, .label = label, .chosen = chosen, .counted = true, .count = count};
}

static FieldView choice(Req *r, const Catalogue *k, const CatalogueQuery *q, CatalogueFacet f, const u32 *counts, FieldView v) {
	const CatalogueValues *values = &k->facets[f];
	v.id = v.name;
	for (size_t i = 0; i < values->len; i++) {
		bool chosen = is_chosen(&q->chosen[f], i);
		if (counts[i] || chosen || f == CAT_FORM || (f == CAT_DISTRICT && values->at[i].id))
			add_option(r->c->arena, &v.options, values->at[i].code, values->at[i].name, counts[i], chosen);
	}
	return v;
}

/* A select begins with "everything". */
static FieldView with_all(Arena *a, const char *all, FieldView v) {
	OptionViews options = {0};
	*ARENA_PUSH(a, options.at, options.len, options.cap) = (OptionView){.label = str_c(all)};
	for (size_t i = 0; i < v.options.len; i++)
		*ARENA_PUSH(a, options.at, options.len, options.cap) = v.options.at[i];
	v.options = options;
	return v;
}

static bool comes_before(const OptionView *x, const OptionView *y) {
	return x->chosen != y->chosen ? x->chosen : x->count > y->count;
}

/* Chosen kinds first, then those with most services; the rest folds. */
static FieldView kinds_field(Req *r, const Catalogue *k, const CatalogueQuery *q, const u32 *counts) {
	Arena     *a = r->c->arena;
	FieldView  v = choice(r, k, q, CAT_KIND, counts, (FieldView){.kind = FIELD_CHECKS, .name = S("druh"), .label = S("Druh služby")});
	size_t     chosen = 0;
	for (size_t i = 0; i < v.options.len; i++) {
		OptionView o = v.options.at[i];
		size_t     at = i;
		for (; at > 0 && comes_before(&o, &v.options.at[at - 1]); at--)
			v.options.at[at] = v.options.at[at - 1];
		v.options.at[at] = o;
		chosen += o.chosen;
	}
	v.fold_after = chosen > FOLD_KINDS ? chosen : FOLD_KINDS;
	if (v.options.len > v.fold_after) {
		CLEANUP(buf_free) Buf b = {0};
		i64 n = (i64)(v.options.len - v.fold_after);
		buf_str(&b, plural(n, "Další ", "Další ", "Dalších "));
		fmt_count(&b, n, "druh", "druhy", "druhů");
		v.fold_label = buf_take(&b, a);
		buf_free(&b);
	}
	return v;
}

static void add_group(Arena *a, CatalogueGroupOptions *to, const CatalogueValue *v, const CatalogueQuery *q, size_t i, u32 count) {
	bool chosen = is_chosen(&q->chosen[CAT_GROUP], i);
	if (count || chosen)
		*ARENA_PUSH(a, to->at, to->len, to->cap) = (CatalogueGroupOption){.value = v->code, .label = v->name, .count = count, .opens = v->is_whole,
		                                                                  .chosen = chosen};
}

static CatalogueGroupOptions group_options(Arena *a, const Catalogue *k, const CatalogueQuery *q, const u32 *counts) {
	CatalogueGroupOptions  options = {0};
	const CatalogueValues *values = &k->facets[CAT_GROUP];
	for (size_t i = 0; i < values->len; i++) {
		if (!values->at[i].is_whole)
			continue;
		add_group(a, &options, &values->at[i], q, i, counts[i]);
		for (size_t n = 0; n < values->len; n++)
			if (!values->at[n].is_whole && str_eq(values->at[n].parent, values->at[i].code))
				add_group(a, &options, &values->at[n], q, n, counts[n]);
	}
	return options;
}

/* Municipalities of the chosen district, or the chosen ones. */
static FieldView place_field(Req *r, const Catalogue *k, const CatalogueQuery *q) {
	Arena     *a = r->c->arena;
	u32       *counts = catalogue_place_counts(a, k, q);
	FieldView  v = {.kind = FIELD_SELECT, .name = S("obec"), .id = S("obec"), .label = S("Obec")};
	const CatalogueValues *places = &k->facets[CAT_PLACE];
	for (size_t i = 0; i < places->len; i++) {
		bool chosen = is_chosen(&q->chosen[CAT_PLACE], i);
		if (chosen || (counts[i] && is_chosen(&q->chosen[CAT_DISTRICT], places->at[i].district)))
			add_option(a, &v.options, places->at[i].code, places->at[i].name, counts[i], chosen);
	}
	return with_all(a, "Všechny obce", v);
}

/* Selects send one value; others of the same facet, which an address may carry, stay as they are. */
static void keep_others(Req *r, const Catalogue *k, const CatalogueQuery *q, HiddenViews *keep) {
	static const CatalogueFacet single[] = {CAT_GROUP, CAT_DISTRICT, CAT_PLACE, CAT_AGE, CAT_ACT};
	Arena *a = r->c->arena;
	for (size_t i = 0; i < LEN(single); i++)
		for (size_t n = 1; n < q->chosen[single[i]].len; n++)
			for (size_t p = 0; p < LEN(parameters); p++)
				if (parameters[p].facet == single[i])
					*ARENA_PUSH(a, keep->at, keep->len, keep->cap) =
						(HiddenView){str_c(parameters[p].parameter), k->facets[single[i]].at[q->chosen[single[i]].at[n]].code};
	static const char *const carried[] = {"zobrazit", "radit"};
	for (size_t i = 0; i < LEN(carried); i++)
		if (query(r, carried[i]).len)
			*ARENA_PUSH(a, keep->at, keep->len, keep->cap) = (HiddenView){str_c(carried[i]), query(r, carried[i])};
}

static void add_filters(Req *r, const Catalogue *k, const CatalogueQuery *q, const CatalogueResult *found, CatalogueListView *v) {
	Arena *a = r->c->arena;
	u32  *const *counts = found->counts;
	v->q = (FieldView){.name = S("q"), .id = S("q"), .label = S("Hledat"), .hint = S("Název, poskytovatel, obec nebo IČO. Na háčkách nezáleží."),
	                   .value = q->text, .type = "search", .autocomplete = "off"};
	v->groups = group_options(a, k, q, counts[CAT_GROUP]);
	v->forms = choice(r, k, q, CAT_FORM, counts[CAT_FORM], (FieldView){.kind = FIELD_CHECKS, .name = S("forma"), .label = S("Podoba služby")});
	v->kinds = kinds_field(r, k, q, counts[CAT_KIND]);
	v->district = with_all(a, k->region.len ? "Celý kraj" : "Všude",
	                       choice(r, k, q, CAT_DISTRICT, counts[CAT_DISTRICT], (FieldView){.kind = FIELD_SELECT, .name = S("orp"), .label = S("Území")}));
	v->has_place = q->chosen[CAT_PLACE].len > 0;
	for (size_t i = 0; i < q->chosen[CAT_DISTRICT].len; i++)         /* "outside the region" has too many to choose from */
		v->has_place |= k->facets[CAT_DISTRICT].at[q->chosen[CAT_DISTRICT].at[i]].id != 0;
	if (v->has_place)
		v->place = place_field(r, k, q);
	v->age = with_all(a, "Všechny věky", choice(r, k, q, CAT_AGE, counts[CAT_AGE], (FieldView){.kind = FIELD_SELECT, .name = S("vek"), .label = S("Věk")}));
	v->has_act = k->facets[CAT_ACT].at[1].total > 0 || q->chosen[CAT_ACT].len;
	v->act = with_all(a, "Všechny služby", choice(r, k, q, CAT_ACT, counts[CAT_ACT], (FieldView){.kind = FIELD_SELECT, .name = S("zakon"), .label = S("Rozsah")}));
	keep_others(r, k, q, &v->filter.keep);
}

/* ---- chips, and which of them to drop when nothing is found ---- */

static void add_button(Arena *a, BtnViews *to, Str what, Str href, u32 n) {
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "Bez filtru „");
	buf_str(&b, what);
	buf_lit(&b, "“: ");
	fmt_count(&b, n, "služba", "služby", "služeb");
	*ARENA_PUSH(a, to->at, to->len, to->cap) = (BtnView){.text = buf_take(&b, a), .href = href, .kind = BTN_SECONDARY, .small = true};
	buf_free(&b);
}

/* Each filter in use as a link without it; with `buttons` also what dropping it would bring. */
static Links chips_of(Req *r, const Catalogue *k, const CatalogueQuery *q, BtnViews *buttons) {
	Arena *a = r->c->arena;
	Links  chips = {0};
	if (q->text.len) {
		LinkView *chip = ARENA_PUSH(a, chips.at, chips.len, chips.cap);
		*chip = (LinkView){.label = str_format(a, "„%.*s“", STR_ARG(utf8_first(q->text, 60))), .href = url_with(r, "q", (Str){0})};
		CatalogueQuery without = *q;
		without.text = S("");
		u32 n = buttons ? catalogue_total(a, k, &without) : 0;
		if (n)
			add_button(a, buttons, utf8_first(q->text, 60), chip->href, n);
	}
	for (size_t p = 0; p < LEN(parameters); p++) {
		const CatalogueChoice *chosen = &q->chosen[parameters[p].facet];
		for (size_t i = 0; i < chosen->len; i++) {
			const CatalogueValue *v = &k->facets[parameters[p].facet].at[chosen->at[i]];
			LinkView             *chip = ARENA_PUSH(a, chips.at, chips.len, chips.cap);
			*chip = (LinkView){.label = v->name, .href = url_without(r, parameters[p].parameter, v->code)};
			CatalogueQuery  without = *q;
			CatalogueChoice rest = {0};
			for (size_t n = 0; buttons && n < chosen->len; n++)
				if (n != i)
					*ARENA_PUSH(a, rest.at, rest.len, rest.cap) = chosen->at[n];
			without.chosen[parameters[p].facet] = rest;
			u32 n = buttons ? catalogue_total(a, k, &without) : 0;
			if (n)
				add_button(a, buttons, v->name, chip->href, n);
		}
	}
	return chips;
}

static void say_nothing_found(Req *r, const Catalogue *k, const CatalogueQuery *q, CatalogueListView *v) {
	Arena     *a = r->c->arena;
	EmptyView *e = NEW(a, EmptyView, .title = S("Zadání neodpovídá žádná služba"));
	chips_of(r, k, q, &e->buttons);
	e->text = k->count == 0 ? S("Katalog je zatím prázdný: služby do něj načte správce sítě z registru poskytovatelů.")
	          : e->buttons.len ? S("Zkuste některý filtr vynechat, nebo hledejte jiným slovem.") : S("Zkuste hledat jiným slovem, nebo začněte znovu bez filtrů.");
	*ARENA_PUSH(a, e->buttons.at, e->buttons.len, e->buttons.cap) = (BtnView){.text = S("Zrušit všechny filtry"), .href = S("/katalog"), .kind = BTN_SECONDARY, .small = true};
	Str suggestion = catalogue_suggestion(a, k, q->text);
	if (suggestion.len)
		v->suggestion = (LinkView){.label = suggestion, .href = url_with(r, "q", suggestion)};
	v->empty = e;
}

/* ---- rows ---- */

static ColumnView *add_column(Req *r, const CatalogueQuery *q, ColumnViews *to, const char *label, const char *word, i64 order) {
	ColumnView *v = ARENA_PUSH(r->c->arena, to->at, to->len, to->cap);
	*v = (ColumnView){.label = str_c(label)};
	if (!word)
		return v;
	bool here = (i64)q->order == order;
	v->sorted = !here ? NOT_SORTED : q->descending ? SORTED_DOWN : SORTED_UP;
	v->href = url_with(r, "radit", str_format(r->c->arena, "%s%s", here && !q->descending ? "-" : "", word));
	return v;
}

static Str caption(Req *r, const CatalogueQuery *q, const CatalogueResult *found) {
	static const char *const by[] = {"názvu", "poskytovatele", "obce"};
	CLEANUP(buf_free) Buf b = {0};
	buf_lit(&b, "Služby ");
	fmt_int(&b, (i64)found->before + 1);
	buf_lit(&b, "–");
	fmt_int(&b, (i64)(found->before + found->row_count));
	buf_lit(&b, " z\xC2\xA0");
	fmt_int(&b, found->total);
	buf_format(&b, ", seřazeno podle %s%s", by[q->order], q->descending ? " sestupně" : "");
	Str s = buf_take(&b, r->c->arena);
	buf_free(&b);
	return s;
}

static void add_table(Req *r, const CatalogueQuery *q, const CatalogueResult *found, CatalogueListView *v) {
	Arena      *a = r->c->arena;
	ColumnViews columns = {0};
	add_column(r, q, &columns, "Služba", "nazev", CAT_BY_NAME);
	if (v->is_table) {
		add_column(r, q, &columns, "Poskytovatel", "poskytovatel", CAT_BY_PROVIDER);
		add_column(r, q, &columns, "Registrace", NULL, 0)->is_number = true;
	}
	add_column(r, q, &columns, "Podoba", NULL, 0);
	add_column(r, q, &columns, "Kde", "obec", CAT_BY_PLACE);
	add_column(r, q, &columns, "Kapacita", NULL, 0);
	v->table = (TableView){.id = S("sluzby-popis"), .caption = caption(r, q, found), .kind = v->is_table ? "dense pin" : "stack", .scrolls = v->is_table,
	                       .columns = columns};
	for (size_t i = 0; i < found->row_count; i++) {
		const CatalogueService *s = &v->k->services[found->rows[i]];
		*ARENA_PUSH(a, v->rows.at, v->rows.len, v->rows.cap) = (CatalogueRow){s};
	}
}

static KeyPagerView pager(Req *r, const Catalogue *k, const CatalogueQuery *q, const CatalogueResult *found) {
	KeyPagerView v = {.label = S("Stránkování")};
	size_t       n = found->row_count;
	if (n == 0)
		return v;
	if (found->before) {
		v.first = url_with(r, "od", (Str){0});
		v.previous = url_with(r, "pred", key_text(r, k, q->order, found->rows[0]));
	}
	if (found->before + n < found->total)
		v.next = url_with(r, "od", key_text(r, k, q->order, found->rows[n - 1]));
	if (found->total > n)
		v.text = str_format(r->c->arena, "%u–%u z\xC2\xA0%u", found->before + 1, found->before + (u32)n, found->total);
	return v;
}

/* ---- the page ---- */

static void add_views(Req *r, ListKind kind, CatalogueListView *v) {
	Arena *a = r->c->arena;
	static const struct { const char *label, *word; ListKind kind; } ways[] = {
		{"Přehled", "", LIST_OVERVIEW}, {"Mapa a obce", "mapa", LIST_MAP}, {"Podrobná tabulka", "tabulka", LIST_TABLE},
	};
	for (size_t i = 0; i < LEN(ways); i++)
		*ARENA_PUSH(a, v->tabs.at, v->tabs.len, v->tabs.cap) =
			(TabView){.label = str_c(ways[i].label), .href = url_with(r, "zobrazit", str_c(ways[i].word)), .current = ways[i].kind == kind};
	static const struct { const char *label, *suffix; } files[] = {{"CSV", "csv"}, {"XLSX", "xlsx"}, {"JSON", "json"}};
	for (size_t i = 0; i < LEN(files); i++)
		*ARENA_PUSH(a, v->downloads.at, v->downloads.len, v->downloads.cap) = (LinkView){.label = str_c(files[i].label), .href = url_with_format(r, files[i].suffix)};
}

static void add_towns(Req *r, const Catalogue *k, const CatalogueQuery *q, CatalogueListView *v) {
	u32 *counts = catalogue_place_counts(r->c->arena, k, q);
	const CatalogueValues *places = &k->facets[CAT_PLACE];
	for (size_t i = 0; i < places->len; i++)
		if (counts[i])
			*ARENA_PUSH(r->c->arena, v->towns.at, v->towns.len, v->towns.cap) =
				(CatalogueMapRow){.label = places->at[i].name, .href = url_with(r, "obec", places->at[i].code), .count = counts[i]};
}

static Err show(Req *r, const Catalogue *k, const CatalogueQuery *q, ListKind kind) {
	Arena          *a = r->c->arena;
	CatalogueResult found;
	catalogue_search(a, k, q, &found);
	catalogue_counts(a, k, q, &found);
	CatalogueListView v = {.k = k, .tokens = &found.tokens, .arena = a, .found = catalogue_found(a, found.total), .is_table = kind == LIST_TABLE};
	add_filters(r, k, q, &found, &v);
	v.chips = chips_of(r, k, q, NULL);
	v.clear = v.chips.len ? S("/katalog") : S("");
	v.filter.label = S("Filtr služeb");
	v.filter.action = S("/katalog");
	v.filter.summary = v.chips.len ? str_format(a, "Hledání a filtry (použito: %zu)", v.chips.len) : S("Hledání a filtry");
	if (found.tokens.cut)
		v.note = S("Hledáme podle prvních osmi slov a 200 znaků zadání.");
	if (found.total == 0)
		say_nothing_found(r, k, q, &v);
	else
		add_views(r, kind, &v);
	if (kind != LIST_TABLE && found.total)
		v.map = catalogue_map_view(r, k, found.counts[CAT_DISTRICT], &q->chosen[CAT_DISTRICT]);
	if (kind == LIST_MAP) {
		add_towns(r, k, q, &v);
	} else if (found.total) {
		catalogue_rows(a, k, q, &found);
		add_table(r, q, &found, &v);
		v.pager = pager(r, k, q, &found);
	}
	r->description = S("Vyhledávání sociálních služeb podle situace, druhu a místa.");
	r->no_index = v.chips.len > 1 || q->after.id || q->before.id;
	view_catalogue(page(r, S("Katalog služeb")), &v);
	return OK;
}

Err page_catalogue(Req *r) {
	const Catalogue *k;
	CatalogueQuery   q;
	ListKind         kind;
	TRY(catalogue_get(r->c, &k));
	TRY(read_query(r, k, &q, &kind));
	return r->format == PAGE_HTML ? show(r, k, &q, kind) : catalogue_export(r, k, &q);
}

Err catalogue_pages_start(Ctx *c) {
	catalogue_draw_by(catalogue_draw);
	territory_count_services(catalogue_territory_services);
	return catalogue_start(c);
}
