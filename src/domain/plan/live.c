/* live.c: numbers and tables that a text names and the program fills in: now in a draft, as of the day of freezing in a version. */
#include "base/buf.h"
#include "base/format.h"
#include "domain/plan/inside.h"
#include "domain/register/catalogue.h"

static Str day_words(Ctx *c, Date d) {
	CLEANUP(buf_free) Buf out = {0};
	fmt_date(&out, d);
	return buf_take(&out, c->arena);
}

static Str number_words(Ctx *c, i64 n) {
	CLEANUP(buf_free) Buf out = {0};
	if (n == BLANK)
		return S("–");
	fmt_int(&out, n);
	return buf_take(&out, c->arena);
}

static Str of_register(Ctx *c) {
	return str_format(c->arena, "katalog sociálních služeb, stav k %.*s", STR_ARG(day_words(c, c->today)));
}

static Table *table_of(Ctx *c, Table *t, size_t columns, const char *const *heads) {
	t->columns = columns;
	t->is_number = NEW_ARRAY(c->arena, bool, columns);
	for (size_t i = 0; i < columns; i++)
		t->is_number[i] = i > 0;
	t->rows = 1;
	t->at = NEW_ARRAY(c->arena, Str, columns);
	for (size_t i = 0; i < columns; i++)
		t->at[i] = str_c(heads[i]);
	return t;
}

static Str *add_row(Ctx *c, Table *t) {
	Str *more = NEW_ARRAY(c->arena, Str, (t->rows + 1) * t->columns);
	memcpy(more, t->at, sizeof(Str) * t->rows * t->columns);
	t->at = more;
	return &t->at[t->columns * t->rows++];
}

/* ---- the catalogue ---- */

static Err services(Ctx *c, Str *number, Table *table, Str *source) {
	const Catalogue *k;
	(void)table;
	TRY(catalogue_get(c, &k));
	*number = number_words(c, (i64)k->count);
	*source = of_register(c);
	return OK;
}

static Err providers(Ctx *c, Str *number, Table *table, Str *source) {
	const Catalogue *k;
	(void)table;
	TRY(catalogue_get(c, &k));
	i64 n = 0;
	for (size_t i = 0; i < k->provider_count; i++)
		n += k->providers[i].count > 0;
	*number = number_words(c, n);
	*source = of_register(c);
	return OK;
}

static Err by_facet(Ctx *c, CatalogueFacet facet, const char *head, Table *table, Str *source) {
	const Catalogue *k;
	TRY(catalogue_get(c, &k));
	table_of(c, table, 2, (const char *const[]){head, "Služeb"});
	for (size_t i = 0; i < k->facets[facet].len; i++) {
		const CatalogueValue *v = &k->facets[facet].at[i];
		if (!v->total || v->is_whole)
			continue;
		Str *row = add_row(c, table);
		row[0] = v->name;
		row[1] = number_words(c, v->total);
	}
	*source = of_register(c);
	return OK;
}

static Err by_kind(Ctx *c, Str *number, Table *table, Str *source) {
	(void)number;
	return by_facet(c, CAT_KIND, "Druh služby", table, source);
}

static Err by_district(Ctx *c, Str *number, Table *table, Str *source) {
	(void)number;
	return by_facet(c, CAT_DISTRICT, "Správní obvod ORP", table, source);
}

static Err by_form(Ctx *c, Str *number, Table *table, Str *source) {
	(void)number;
	return by_facet(c, CAT_FORM, "Forma služby", table, source);
}

/* ---- territory ---- */

static Str of_population(Ctx *c, const AgeGroups *g) {
	if (!date_is(g->counted_on))
		return S("počty obyvatel zatím nejsou nahrané");
	return str_format(c->arena, "%.*s, stav k %.*s", STR_ARG(g->source), STR_ARG(day_words(c, g->counted_on)));
}

static Err inhabitants(Ctx *c, Str *number, Table *table, Str *source) {
	const Unit *region = territory_region(c);
	AgeGroups   g = {.total = BLANK};
	(void)table;
	if (region)
		TRY(population_of(c, region->id, TODAY, &g));
	*number = number_words(c, region && date_is(g.counted_on) ? g.total : BLANK);
	*source = of_population(c, &g);
	return OK;
}

static Err count_units(Ctx *c, const char *level, Str *number, Str *source) {
	const Unit *region = territory_region(c);
	Units       units = {0};
	if (region)
		TRY(territory_below(c, region->id, level, TODAY, &units));
	*number = number_words(c, (i64)units.len);
	*source = str_format(c->arena, "registr územní identifikace, stav k %.*s", STR_ARG(day_words(c, c->today)));
	return OK;
}

static Err municipalities(Ctx *c, Str *number, Table *table, Str *source) {
	(void)table;
	return count_units(c, LEVEL_MUNICIPALITY, number, source);
}

static Err districts(Ctx *c, Str *number, Table *table, Str *source) {
	(void)table;
	return count_units(c, LEVEL_DISTRICT, number, source);
}

static Err people_by_district(Ctx *c, Str *number, Table *table, Str *source) {
	const Unit *region = territory_region(c);
	Units       units = {0};
	AgeGroups   g = {0};
	(void)number;
	table_of(c, table, 5, (const char *const[]){"Správní obvod ORP", "Obyvatel", "0–14 let", "15–64 let", "65 a více let"});
	if (region)
		TRY(territory_below(c, region->id, LEVEL_DISTRICT, TODAY, &units));
	for (size_t i = 0; i < units.len; i++) {
		TRY(population_of(c, units.at[i]->id, TODAY, &g));
		Str *row = add_row(c, table);
		row[0] = units.at[i]->name;
		row[1] = number_words(c, date_is(g.counted_on) ? g.total : BLANK);
		row[2] = number_words(c, date_is(g.counted_on) ? g.age_0_14 : BLANK);
		row[3] = number_words(c, date_is(g.counted_on) ? g.age_15_64 : BLANK);
		row[4] = number_words(c, date_is(g.counted_on) ? g.age_65 : BLANK);
	}
	*source = of_population(c, &g);
	return OK;
}

/* ---- all of them ---- */

static const LiveItem own[] = {
	{"pocet-sluzeb", "Počet sociálních služeb", false, services},
	{"pocet-poskytovatelu", "Počet poskytovatelů", false, providers},
	{"pocet-obyvatel", "Počet obyvatel kraje", false, inhabitants},
	{"pocet-obci", "Počet obcí", false, municipalities},
	{"pocet-orp", "Počet správních obvodů ORP", false, districts},
	{"sluzby-podle-druhu", "Služby podle druhu", true, by_kind},
	{"sluzby-podle-orp", "Služby podle správních obvodů ORP", true, by_district},
	{"sluzby-podle-formy", "Služby podle formy", true, by_form},
	{"obyvatele-podle-orp", "Obyvatelé správních obvodů ORP podle věku", true, people_by_district},
};

static const LiveItem *more[16];             /* of subjects above; set once at start */
static size_t          more_count[16], more_len;

void plan_live_add(const LiveItem *items, size_t count) {
	CHECK(more_len < LEN(more));
	for (size_t i = 0; i < more_len; i++)
		if (more[i] == items)
			return;
	more[more_len] = items;
	more_count[more_len++] = count;
}

const LiveItem *plan_live_at(size_t i) {
	if (i < LEN(own))
		return &own[i];
	i -= LEN(own);
	for (size_t k = 0; k < more_len; i -= more_count[k++])
		if (i < more_count[k])
			return &more[k][i];
	return NULL;
}

const LiveItem *plan_live_find(Str name) {
	const LiveItem *item;
	for (size_t i = 0; (item = plan_live_at(i)); i++)
		if (str_eq(name, str_c(item->name)))
			return item;
	return NULL;
}

Err plan_live_markdown(Ctx *c, Str name, Str caption, bool is_block, Str *ret) {
	const LiveItem *item = plan_live_find(name);
	Str    number = {0}, source = {0};
	Table  t = {0};
	*ret = (Str){0};
	if (!item)
		return OK;
	TRY(item->value(c, &number, &t, &source));
	if (!item->is_table) {
		*ret = is_block ? str_format(c->arena, "%.*s: **%.*s** (%.*s)", STR_ARG(caption.len ? caption : str_c(item->title)), STR_ARG(number), STR_ARG(source)) : number;
		return OK;
	}
	t.caption = str_format(c->arena, "%.*s (%.*s)", STR_ARG(caption.len ? caption : str_c(item->title)), STR_ARG(source));
	*ret = is_block ? table_write(c->arena, &t) : t.caption;      /* a table does not fit into a sentence */
	return OK;
}
