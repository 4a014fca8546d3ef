/* catalogue_build.c: the index from the store: a few streams over what holds today, joined in memory by the numbers of services. */
#include <stdlib.h>

#include "base/text.h"
#include "core/codelist.h"
#include "domain/register/catalogue.sql.h"
#include "domain/register/catalogue_build.h"

static void free_build(Build *b) {
	words_drop(b->words);
	buf_free(&b->places.bytes);
	buf_free(&b->forms.bytes);
	buf_free(&b->groups.bytes);
	buf_free(&b->ages.bytes);
	buf_free(&b->services);
	buf_free(&b->place_of);
	buf_free(&b->capacities);
	arena_free(&b->scratch);
}

/* ---- values of facets ---- */

/* Czech small letters with a mark lie 0x20 behind the capital one, or one behind it. */
Str catalogue_capital(Arena *a, Str s) {
	size_t pos = 0;
	char   first[4];
	if (str_empty(s))
		return s;
	u32 c = utf8_next(s, &pos);
	if ((c >= 'a' && c <= 'z') || (c >= 0xE0 && c <= 0xFE))
		c -= 0x20;
	else if ((c >= 0x100 && c <= 0x137 && c % 2 == 1) || (c >= 0x14A && c <= 0x177 && c % 2 == 1) ||
	         (((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E)) && c % 2 == 0))
		c -= 1;
	return str_cat(a, str_of(first, utf8_put(first, c)), str_from(s, pos));
}

static CatalogueValue *add_value(Arena *a, CatalogueValues *to, Str code, Str name) {
	CatalogueValue *v = ARENA_PUSH(a, to->at, to->len, to->cap);
	Str             plain = str_dup(a, name);
	*v = (CatalogueValue){.code = str_dup(a, code), .name = catalogue_capital(a, plain), .plain = plain, .district = CAT_NOWHERE};
	return v;
}

static Err values_of_list(Build *b, const char *list, CatalogueValues *to) {
	CodeItems items;
	TRY(codelist_items(b->c, list, b->c->today, &items));
	for (size_t i = 0; i < items.len; i++)
		add_value(b->a, to, items.at[i]->code, items.at[i]->name)->parent = str_dup(b->a, items.at[i]->parent);
	return OK;
}

/* Whole working groups stand before the target groups that they hold. */
static Err group_values(Build *b) {
	CatalogueValues *to = &b->k->facets[CAT_GROUP];
	TRY(values_of_list(b, "working_group", to));
	for (size_t i = 0; i < to->len; i++)
		to->at[i].is_whole = true;
	return values_of_list(b, "target_group", to);
}

static bool read_ages(const CodeItem *item, i64 *from, i64 *to) {
	Str rest = code_attribute(item, S("ages")), first = str_cut(&rest, '-');
	return str_to_int(first, from) && str_to_int(rest, to);
}

/* "Without limit" holds all other groups: a service for everybody is found under each. */
static Err age_values(Build *b) {
	CodeItems items;
	TRY(values_of_list(b, "age_group", &b->k->facets[CAT_AGE]));
	TRY(codelist_items(b->c, "age_group", b->c->today, &items));
	size_t count = items.len < AGES_MAX ? items.len : AGES_MAX;
	for (size_t i = 0; i < count; i++)
		for (size_t n = 0; n < count; n++) {
			i64  from, to, inner_from, inner_to;
			bool inside = read_ages(items.at[i], &from, &to) && read_ages(items.at[n], &inner_from, &inner_to) && from <= inner_from && inner_to <= to;
			b->age_covers[i] |= inside || i == n ? (u64)1 << n : 0;
		}
	return OK;
}

static void act_values(Build *b) {
	CatalogueValues *to = &b->k->facets[CAT_ACT];
	add_value(b->a, to, S("ano"), S("Sociální služby podle zákona č. 108/2006 Sb."));
	add_value(b->a, to, S("ne"), S("Související služby mimo zákon"));
}

/* Districts of the region, then one value for all that lies elsewhere; without a region all districts. */
static Err territory_values(Build *b) {
	const Unit *region = territory_region(b->c);
	Units       districts, municipalities;
	CatalogueValues *of = &b->k->facets[CAT_DISTRICT], *places = &b->k->facets[CAT_PLACE];
	TRY(territory_below(b->c, region ? region->id : 0, LEVEL_DISTRICT, TODAY, &districts));
	TRY(territory_below(b->c, 0, LEVEL_MUNICIPALITY, TODAY, &municipalities));
	b->k->region = region ? str_dup(b->a, region->name) : S("");
	for (size_t i = 0; i < districts.len; i++)
		add_value(b->a, of, districts.at[i]->slug, districts.at[i]->name)->id = districts.at[i]->id;
	u32 elsewhere = CAT_NOWHERE;
	if (region) {
		elsewhere = (u32)of->len;
		add_value(b->a, of, S("jinde"), S("Mimo kraj"));
	}
	for (size_t i = 0; i < municipalities.len; i++) {
		const Unit     *u = municipalities.at[i], *above = territory_above(b->c, u->id, LEVEL_DISTRICT, TODAY);
		CatalogueValue *v = add_value(b->a, places, u->slug, u->name);
		v->id = u->id;
		v->district = elsewhere;
		for (u32 n = 0; above && n < of->len; n++)
			if (of->at[n].id == above->id)
				v->district = n;
	}
	return OK;
}

static Err kind_texts(Build *b) {
	CodeItems words;
	CatalogueValues *kinds = &b->k->facets[CAT_KIND];
	TRY(values_of_list(b, "service_kind", kinds));
	TRY(codelist_items(b->c, "synonym", b->c->today, &words));
	b->kind_count = kinds->len;
	b->kind_text = NEW_ARRAY(b->c->arena, Str, kinds->len + 1);
	for (size_t i = 0; i < kinds->len; i++) {
		b->kind_text[i] = kinds->at[i].name;
		for (size_t n = 0; n < words.len; n++) {
			Str of = code_attribute(words.at[n], S("kinds"));
			while (of.len)
				if (str_eq(str_cut(&of, '+'), kinds->at[i].code))
					b->kind_text[i] = str_format(b->c->arena, "%.*s\n%.*s", STR_ARG(b->kind_text[i]), STR_ARG(words.at[n]->name));
		}
	}
	return OK;
}

/* Index of a code; one that the list does not know any more is added, so that its services keep their word. */
static u32 value_of(Build *b, CatalogueFacet f, Str code) {
	i64 at = catalogue_value(b->k, f, code);
	if (at >= 0)
		return (u32)at;
	add_value(b->a, &b->k->facets[f], code, code);
	return (u32)b->k->facets[f].len - 1;
}

static u32 type_of(Build *b, Str code) {
	CatalogueValues *types = &b->k->capacity_types;
	for (size_t i = 0; i < types->len; i++)
		if (str_eq(types->at[i].code, code))
			return (u32)i;
	add_value(b->a, types, code, code);
	return (u32)types->len - 1;
}

/* ---- what hangs on services ---- */

static void hang(HungList *to, Hung h) {
	buf_put(&to->bytes, (const char *)&h, sizeof h);
}

static int by_service(const void *x, const void *y) {
	const Hung *a = x, *b = y;
	if (a->service != b->service)
		return a->service < b->service ? -1 : 1;
	if (a->what != b->what)
		return a->what < b->what ? -1 : 1;
	return a->more < b->more ? -1 : a->more > b->more;
}

static void sort_hung(HungList *list) {
	list->at = (Hung *)(void *)list->bytes.ptr;
	list->len = list->bytes.len / sizeof(Hung);
	if (list->len)
		qsort(list->at, list->len, sizeof *list->at, by_service);
}

/* Those of one service: from *first on, their number. */
static size_t hung_on(const HungList *list, Id service, const Hung **first) {
	size_t low = 0, high = list->len, n = 0;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (list->at[middle].service < service)
			low = middle + 1;
		else
			high = middle;
	}
	*first = list->at + low;
	while (low + n < list->len && list->at[low + n].service == service)
		n++;
	return n;
}

static int by_unit(const void *x, const void *y) {
	const CatalogueValue *const *a = x, *const *b = y;
	return (*a)->id < (*b)->id ? -1 : (*a)->id > (*b)->id;
}

static Rows stream(Build *b, const Sql *sql) {
	AsOf at = as_of_full(b->c, TODAY);
	return db_stream(ctx_conn(b->c), sql, P(V(at.valid), V(at.recorded)));
}

static Err read_places(Build *b) {
	CatalogueValues *places = &b->k->facets[CAT_PLACE];
	const CatalogueValue **by_id = NEW_ARRAY(b->c->arena, const CatalogueValue *, places->len + 1);
	for (size_t i = 0; i < places->len; i++)
		by_id[i] = &places->at[i];
	qsort(by_id, places->len, sizeof *by_id, by_unit);
	Rows rows = stream(b, &sql_catalogue_facilities);
	while (rows_next(&rows)) {
		CatalogueValue        wanted = {.id = col_int(&rows, 1)}, *key = &wanted;
		const CatalogueValue **found = places->len ? bsearch(&key, by_id, places->len, sizeof *by_id, by_unit) : NULL;
		Date from = col_date(&rows, 4), to = col_date(&rows, 5), today = b->c->today;
		bool closed = (date_is(from) && date_after(from, today)) || (date_is(to) && date_before(to, today));
		hang(&b->places, (Hung){.service = col_int(&rows, 0), .what = found ? (u32)(*found - places->at) : CAT_NOWHERE,
		                        .more = (col_bool(&rows, 2) ? PLACE_SECRET : 0u) | (col_bool(&rows, 3) ? PLACE_CONTACT : 0u) | (closed ? PLACE_CLOSED : 0u)});
	}
	return rows_end(&rows);
}

static Err read_forms(Build *b) {
	Rows rows = stream(b, &sql_catalogue_forms);
	while (rows_next(&rows)) {
		bool none = col_null(&rows, 2) || col_int(&rows, 3) == BLANK;
		hang(&b->forms, (Hung){.service = col_int(&rows, 0), .what = value_of(b, CAT_FORM, col_text(&rows, 1)),
		                       .more = none ? NO_TYPE : type_of(b, col_text(&rows, 2)), .count = none ? 0 : col_int(&rows, 3)});
	}
	return rows_end(&rows);
}

static Err read_codes(Build *b, const Sql *sql, CatalogueFacet f, HungList *to) {
	Rows rows = stream(b, sql);
	while (rows_next(&rows))
		hang(to, (Hung){.service = col_int(&rows, 0), .what = value_of(b, f, col_text(&rows, 1))});
	return rows_end(&rows);
}

/* "o. p. s." must not fall apart at a line's end; most names have nothing to hold together and share their text. */
static Str shown(Build *b, Str name) {
	Str held = text_nbsp(&b->scratch, name);
	held = str_eq(held, name) ? name : str_dup(b->a, held);
	arena_reset(&b->scratch);
	return held;
}

static Str slug(Build *b, Str name) {
	Str s = str_dup(b->a, text_slug(&b->scratch, name));
	arena_reset(&b->scratch);
	return s;
}

static int by_provider_id(const void *x, const void *y) {
	const ProviderPlace *a = x, *b = y;
	return a->id < b->id ? -1 : a->id > b->id;
}

static Err read_providers(Build *b) {
	size_t len = 0, cap = 0;
	CatalogueProvider *list = NULL;
	Rows rows = stream(b, &sql_catalogue_providers);
	while (rows_next(&rows)) {
		CatalogueProvider p = {.id = col_int(&rows, 0), .name = str_dup(b->a, col_text(&rows, 1)), .ico = str_dup(b->a, col_text(&rows, 2))};
		p.shown = shown(b, p.name);
		*ARENA_PUSH(b->c->arena, list, len, cap) = p;
	}
	TRY(rows_end(&rows));
	b->k->provider_count = len;
	b->k->providers = NEW_ARRAY(b->a, CatalogueProvider, len + 1);
	b->provider_by_id = NEW_ARRAY(b->c->arena, ProviderPlace, len + 1);
	for (size_t i = 0; i < len; i++) {
		b->k->providers[i] = list[i];
		b->provider_by_id[i] = (ProviderPlace){list[i].id, (u32)i};
	}
	qsort(b->provider_by_id, len, sizeof *b->provider_by_id, by_provider_id);
	return OK;
}

/* ---- services ---- */

static void note_secret(const Build *b, CatalogueService *s, u32 municipality) {
	u32 district = municipality == CAT_NOWHERE ? CAT_NOWHERE : b->k->facets[CAT_PLACE].at[municipality].district;
	s->has_secret = true;
	if (s->secret_district == CAT_NOWHERE)
		s->secret_district = district;
	else if (district != CAT_NOWHERE && district != s->secret_district)
		s->more_secret = true;
}

/* Contact places first, then by the alphabet, each municipality once. False: all places are closed, the service counts as ended. */
static bool add_places(Build *b, CatalogueService *s) {
	const Hung *hung;
	size_t      n = hung_on(&b->places, s->id, &hung);
	bool        any_open = n == 0;
	s->places = (u32)(b->place_of.len / sizeof(u32));
	s->secret_district = CAT_NOWHERE;
	for (u32 pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < n; i++) {
			bool is_first = (hung[i].more & PLACE_CONTACT) != 0, known = false;
			any_open |= !(hung[i].more & PLACE_CLOSED);
			if (is_first != (pass == 0) || (hung[i].more & PLACE_CLOSED))
				continue;
			if (hung[i].more & PLACE_SECRET) {
				note_secret(b, s, hung[i].what);
				continue;
			}
			for (u32 m = 0; m < s->place_count; m++)
				known |= ((u32 *)(void *)b->place_of.ptr)[s->places + m] == hung[i].what;
			if (known || hung[i].what == CAT_NOWHERE)
				continue;
			buf_put(&b->place_of, (const char *)&hung[i].what, sizeof(u32));
			s->place_count++;
		}
	return any_open;
}

/* One sum per type; rows of one form and type were added already. */
static void add_forms(Build *b, CatalogueService *s) {
	const Hung *hung;
	size_t      n = hung_on(&b->forms, s->id, &hung);
	s->capacities = (u32)(b->capacities.len / sizeof(CatalogueCapacity));
	for (size_t i = 0; i < n; i++) {
		if (hung[i].what < FORMS_MAX)        /* one bit each; a form beyond them cannot be chosen, its capacity counts */
			s->forms |= 1u << hung[i].what;
		if (hung[i].more == NO_TYPE)
			continue;
		CatalogueCapacity *sums = (CatalogueCapacity *)(void *)b->capacities.ptr + s->capacities;
		u32 at = 0;
		while (at < s->capacity_count && sums[at].type != hung[i].more)
			at++;
		if (at < s->capacity_count) {
			sums[at].count += hung[i].count;
			continue;
		}
		CatalogueCapacity fresh = {hung[i].more, hung[i].count};
		buf_put(&b->capacities, (const char *)&fresh, sizeof fresh);
		s->capacity_count++;
	}
}

/* What the service is found by. */
static void add_words(Build *b, const CatalogueService *s, u32 n, Str description, Str target_note) {
	const CatalogueProvider *p = &b->k->providers[s->provider];
	words_add(b->words, n, s->name);
	words_add(b->words, n, p->name);
	words_add(b->words, n, p->ico);
	words_add(b->words, n, s->identifier);
	words_add(b->words, n, s->kind < b->kind_count ? b->kind_text[s->kind] : b->k->facets[CAT_KIND].at[s->kind].name);
	words_add(b->words, n, description);
	words_add(b->words, n, target_note);
	const u32 *places = (const u32 *)(const void *)b->place_of.ptr + s->places;
	for (u32 i = 0; i < s->place_count; i++)
		words_add(b->words, n, b->k->facets[CAT_PLACE].at[places[i]].name);
}

static Err read_services(Build *b) {
	Rows rows = stream(b, &sql_catalogue_services);
	u32  n = 0;
	while (rows_next(&rows)) {
		ProviderPlace wanted = {col_int(&rows, 1), 0};
		const ProviderPlace *p = b->k->provider_count
			? bsearch(&wanted, b->provider_by_id, b->k->provider_count, sizeof wanted, by_provider_id) : NULL;
		CatalogueService s = {.id = col_int(&rows, 0), .provider = p ? p->at : 0, .kind = value_of(b, CAT_KIND, col_text(&rows, 3)),
		                      .outside_act = col_bool(&rows, 7)};
		size_t places_before = b->place_of.len;
		if (!p || !add_places(b, &s)) {
			b->place_of.len = places_before;
			continue;
		}
		s.identifier = str_dup(b->a, col_text(&rows, 2));
		s.name = str_dup(b->a, col_text(&rows, 4));
		s.shown = shown(b, s.name);
		s.slug = slug(b, s.name);
		add_forms(b, &s);
		add_words(b, &s, n, col_text(&rows, 5), col_text(&rows, 6));
		buf_put(&b->services, (const char *)&s, sizeof s);
		n++;
	}
	return rows_end(&rows);
}

static void *keep(Arena *a, const Buf *b) {
	return b->len ? arena_copy(a, b->ptr, b->len) : arena_alloc(a, 16);
}

/* ---- the whole ---- */

static Err read_all(Build *b) {
	TRY(group_values(b));
	TRY(values_of_list(b, "service_form", &b->k->facets[CAT_FORM]));
	TRY(values_of_list(b, "capacity_type", &b->k->capacity_types));
	TRY(age_values(b));
	act_values(b);
	TRY(territory_values(b));
	TRY(kind_texts(b));
	TRY(read_places(b));
	TRY(read_forms(b));
	TRY(read_codes(b, &sql_catalogue_groups, CAT_GROUP, &b->groups));
	TRY(read_codes(b, &sql_catalogue_ages, CAT_AGE, &b->ages));
	sort_hung(&b->places);
	sort_hung(&b->forms);
	sort_hung(&b->groups);
	sort_hung(&b->ages);
	TRY(read_providers(b));
	b->words = words_start();
	return read_services(b);
}

Err catalogue_build(Ctx *c, Arena *a, Catalogue *ret) {
	CLEANUP(free_build) Build b = {.c = c, .a = a, .k = ret};
	*ret = (Catalogue){.today = c->today};
	TRY(read_all(&b));
	ret->count = b.services.len / sizeof(CatalogueService);
	ret->set_words = (ret->count + 63) / 64;
	ret->services = keep(a, &b.services);
	ret->place_of = keep(a, &b.place_of);
	ret->capacities = keep(a, &b.capacities);
	catalogue_arrange(&b);
	words_end(b.words, a, ret);
	b.words = NULL;
	return OK;
}
