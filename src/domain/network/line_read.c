/* line_read.c: lines as of two times, with the names of what they speak of. */
#include <stdlib.h>

#include "core/roomy.h"
#include "domain/network/inside.h"
#include "domain/network/line_index.h"
#include "domain/network/line.sql.h"

typedef struct ProviderName { Id id; Date from, to; Str name, ico, legal_form; Id seat; } ProviderName;
typedef struct ServiceFact { Id id, beds; Str identifier; } ServiceFact;
typedef struct Facts {
	ProviderName *providers;                 /* by id, then by days */
	size_t        provider_count, provider_cap;
	ServiceFact  *services;                  /* by id */
	size_t        service_count;
} Facts;

/* ---- what the register says ---- */

typedef struct Ids { Id *at; size_t len; } Ids;
enum { AT_ONCE = 48, MANY = 500 };           /* MANY: more lines than the memory of a request is made for */

static int by_number(const void *x, const void *y) {
	Id a = *(const Id *)x, b = *(const Id *)y;
	return a < b ? -1 : a > b;
}

/* In order, each once, without zero. */
static void ids_ready(Ids *ids) {
	size_t n = 0;
	if (ids->len > 1)
		qsort(ids->at, ids->len, sizeof *ids->at, by_number);
	for (size_t i = 0; i < ids->len; i++)
		if (ids->at[i] && (n == 0 || ids->at[n - 1] != ids->at[i]))
			ids->at[n++] = ids->at[i];
	ids->len = n;
}

static void put_ids(const Ids *ids, size_t first, DbValue *to) {
	for (size_t i = 0; i < AT_ONCE; i++)
		to[i] = V(first + i < ids->len ? ids->at[first + i] : (Id)0);
}

static Err load_providers(Ctx *c, const Ids *ids, Facts *f) {
	DbValue values[AT_ONCE];
	for (size_t first = 0; first < ids->len; first += AT_ONCE) {
		put_ids(ids, first, values);
		Rows rows = db_query(ctx_conn(c), &sql_line_providers, values, AT_ONCE);
		while (rows_next(&rows))
			*ARENA_PUSH(c->arena, f->providers, f->provider_count, f->provider_cap) = (ProviderName){
				.id = col_int(&rows, 0), .from = col_date(&rows, 1), .to = col_date(&rows, 2), .name = str_dup(c->arena, col_text(&rows, 3)),
				.ico = str_dup(c->arena, col_text(&rows, 4)), .legal_form = str_dup(c->arena, col_text(&rows, 5)), .seat = col_null(&rows, 6) ? 0 : col_int(&rows, 6)};
		if (rows_end(&rows) != OK)
			return fail_internal(c, "providers of lines");
	}
	return OK;
}

static ServiceFact *service_fact(Facts *f, Id id) {
	size_t low = 0, high = f->service_count;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (f->services[mid].id < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < f->service_count && f->services[low].id == id ? &f->services[low] : NULL;
}

static Err load_beds(Ctx *c, const Ids *ids, size_t first, Date day, Instant known, Facts *f) {
	DbValue values[AT_ONCE + 2] = {V(day), V(known)};
	put_ids(ids, first, values + 2);
	Rows rows = db_query(ctx_conn(c), &sql_line_beds, values, AT_ONCE + 2);
	while (rows_next(&rows)) {
		ServiceFact *s = service_fact(f, col_int(&rows, 0));
		if (s)
			s->beds = col_int(&rows, 1);
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "registered beds");
}

/* The register is asked as we know it now. */
static Err load_services(Ctx *c, const Ids *ids, Date day, Facts *f) {
	Instant known = as_of_full(c, TODAY).recorded;
	DbValue values[AT_ONCE];
	f->services = NEW_ARRAY(c->arena, ServiceFact, ids->len + 1);
	for (; f->service_count < ids->len; f->service_count++)
		f->services[f->service_count] = (ServiceFact){.id = ids->at[f->service_count], .beds = BLANK};
	for (size_t first = 0; first < ids->len; first += AT_ONCE) {
		put_ids(ids, first, values);
		Rows rows = db_query(ctx_conn(c), &sql_line_identifiers, values, AT_ONCE);
		while (rows_next(&rows)) {
			ServiceFact *s = service_fact(f, col_int(&rows, 0));
			if (s)
				s->identifier = str_dup(c->arena, col_text(&rows, 1));
		}
		if (rows_end(&rows) != OK)
			return fail_internal(c, "services of lines");
		TRY(load_beds(c, ids, first, day, known, f));
	}
	return OK;
}

static Err load_facts(Ctx *c, LineWhole *const *lines, size_t count, Date day, Facts *f) {
	Ids services = {NEW_ARRAY(c->arena, Id, count + 1), count}, providers = {NEW_ARRAY(c->arena, Id, count + 1), count};
	for (size_t i = 0; i < count; i++) {
		services.at[i] = lines[i]->line->service;
		providers.at[i] = lines[i]->line->provider;
	}
	ids_ready(&services);
	ids_ready(&providers);
	TRY(load_providers(c, &providers, f));
	return load_services(c, &services, day, f);
}

/* The name of the day; without one the nearest that there is. */
static const ProviderName *provider_on(const Facts *f, Id id, Date day) {
	size_t low = 0, high = f->provider_count;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (f->providers[mid].id < id)
			low = mid + 1;
		else
			high = mid;
	}
	const ProviderName *best = NULL;
	for (size_t i = low; i < f->provider_count && f->providers[i].id == id; i++)
		if (!best || !date_after(f->providers[i].from, day))
			best = &f->providers[i];
	return best;
}

/* ---- the parts of a line ---- */

static size_t count_parts(Str s) {
	size_t n = s.len > 0;
	for (size_t i = 0; i < s.len; i++)
		n += s.ptr[i] == ',';
	return n;
}

/* The district in which a part lies on the day; one that lay in none then, in the one of today. */
static const Unit *district_of(Ctx *c, const Unit *u, Date day) {
	if (str_eq(u->level, S(LEVEL_DISTRICT)))
		return u;
	const Unit *d = territory_above(c, u->id, LEVEL_DISTRICT, (AsOf){.valid = day});
	if (!d)
		d = territory_above(c, u->id, LEVEL_DISTRICT, TODAY);
	return d ? d : u;
}

static void add_area(LineWhole *w, const Unit *district, Percent share) {
	size_t at = 0;
	while (at < w->area_count && str_cmp(w->areas[at].district->code, district->code) < 0)
		at++;
	if (at < w->area_count && w->areas[at].district == district) {
		w->areas[at].share.basis_points += share.basis_points;
		return;
	}
	for (size_t i = w->area_count++; i > at; i--)
		w->areas[i] = w->areas[i - 1];
	w->areas[at] = (LineArea){district, share};
}

static void fill_areas(Ctx *c, Date day, LineWhole *w) {
	Str    rest = w->line->areas;
	size_t n = count_parts(rest) + 1;
	w->parts = NEW_ARRAY(c->arena, LinePart, n);
	w->areas = NEW_ARRAY(c->arena, LineArea, n);
	while (rest.len) {
		i64         share = 0;
		Str         one = str_cut(&rest, ','), code = str_cut(&one, '=');
		const Unit *u = line_territory(c, code);
		CHECK(str_to_int(one, &share));
		if (!u)
			continue;
		const Unit *district = district_of(c, u, day);
		w->parts[w->part_count++] = (LinePart){u, {share}, district};
		add_area(w, district, (Percent){share});
	}
}

static void fill_ceilings(Ctx *c, LineWhole *w) {
	Str rest = w->line->ceilings;
	w->ceilings = NEW_ARRAY(c->arena, LineCeiling, count_parts(rest) + 1);
	while (rest.len) {
		i64 amount = 0, year = 0;
		Str one = str_cut(&rest, ','), code = str_cut(&one, '=');
		CHECK(str_to_int(code, &year) && str_to_int(one, &amount));
		w->ceilings[w->ceiling_count++] = (LineCeiling){(int)year, {amount}};
	}
}

static void fill_names(Facts *f, Date day, LineWhole *w) {
	const ProviderName *p = provider_on(f, w->line->provider, day);
	ServiceFact        *s = service_fact(f, w->line->service);
	if (p) {
		w->provider = p->name;
		w->ico = p->ico;
		w->legal_form = p->legal_form;
		w->seat = p->seat;
	}
	if (s) {
		w->identifier = s->identifier;
		w->registered_beds = s->beds;
	}
}

static void put(Ctx *c, void *line, Date day, LineWholes *to) {
	LineWhole *w = ARENA_PUSH(c->arena, to->at, to->len, to->cap);
	*w = (LineWhole){.line = line, .registered_beds = BLANK};
	fill_areas(c, day, w);
	fill_ceilings(c, w);
}

i64 line_ceiling(const LineWhole *l, int year) {
	for (size_t i = 0; i < l->ceiling_count; i++)
		if (l->ceilings[i].year == year)
			return l->ceilings[i].amount.halere;
	return BLANK;
}

/* ---- reading ---- */

Err lines_stored(Ctx *c, Id network, AsOf at, EntityList *ret) {
	ListFilter own = {.field = entity_field(&line_entity, S("network")), .value = str_format(c->arena, "%lld", (long long)network)};
	return entity_list(c, &line_entity, &(ListQuery){.at = at, .filters = &own, .filter_count = 1, .limit = -1}, ret);
}

static Err rows_of(Ctx *c, Id network, AsOf at, EntityList *ret) {
	LineRows rows;
	TRY(line_rows_at(c, network, at, &rows));
	if (!rows.known || rows.len > MANY)
		ctx_roomy(c);
	if (!rows.known)
		return lines_stored(c, network, at, ret);
	return store_rows(c, &line_entity, rows.at, rows.len, ret) == OK ? OK : fail_internal(c, "lines of a network");
}

Err lines_bare(Ctx *c, Id network, AsOf at, LineWholes *ret) {
	EntityList list;
	at = as_of_full(c, at);
	*ret = (LineWholes){0};
	TRY(rows_of(c, network, at, &list));
	for (size_t i = 0; i < list.len; i++)
		put(c, list.at[i], at.valid, ret);
	return OK;
}

Err lines_name(Ctx *c, AsOf at, LineWhole *const *lines, size_t count) {
	Facts facts = {0};
	at = as_of_full(c, at);
	TRY(load_facts(c, lines, count, at.valid, &facts));
	for (size_t i = 0; i < count; i++)
		fill_names(&facts, at.valid, lines[i]);
	return OK;
}

Err lines_name_all(Ctx *c, AsOf at, const LineWholes *lines) {
	LineWhole **all = arena_alloc(c->arena, size_mul(lines->len + 1, sizeof *all));
	for (size_t i = 0; i < lines->len; i++)
		all[i] = &lines->at[i];
	return lines_name(c, at, all, lines->len);
}

Err lines_of(Ctx *c, Id network, AsOf at, LineWholes *ret) {
	TRY(lines_bare(c, network, at, ret));
	return lines_name_all(c, at, ret);
}

static bool is_among(const LineRows *rows, Id row) {
	return rows->len && bsearch(&row, rows->at, rows->len, sizeof row, by_number);
}

Err lines_bare_two(Ctx *c, Id network, AsOf first, AsOf second, LineWholes *before, LineWholes *after) {
	LineRowsTwo two;
	EntityList  list;
	*before = *after = (LineWholes){0};
	first = as_of_full(c, first);
	second = as_of_full(c, second);
	TRY(line_rows_at_two(c, network, first, second, &two));
	if (!two.both.known) {
		TRY(lines_bare(c, network, first, before));
		return lines_bare(c, network, second, after);
	}
	LineRows all = {0};
	const LineRows *const parts[] = {&two.both, &two.first, &two.second};
	for (size_t p = 0; p < LEN(parts); p++)
		for (size_t i = 0; i < parts[p]->len; i++)
			*ARENA_PUSH(c->arena, all.at, all.len, all.cap) = parts[p]->at[i];
	if (two.first.len > 1)
		qsort(two.first.at, two.first.len, sizeof *two.first.at, by_number);
	if (two.second.len > 1)
		qsort(two.second.at, two.second.len, sizeof *two.second.at, by_number);
	if (all.len > MANY)
		ctx_roomy(c);
	if (store_rows(c, &line_entity, all.at, all.len, &list) != OK)
		return fail_internal(c, "lines of a network");
	for (size_t i = 0; i < list.len; i++) {
		Id row = ((const EntityHead *)list.at[i])->row;
		if (!is_among(&two.second, row))
			put(c, list.at[i], first.valid, before);
		if (!is_among(&two.first, row))
			put(c, list.at[i], second.valid, after);
	}
	return OK;
}

/* Contents alone, of rows by their ids. */
static Err put_rows(Ctx *c, const LineRows *rows, Date day, LineWholes *to) {
	EntityList list;
	if (rows->len > MANY)
		ctx_roomy(c);
	if (store_rows(c, &line_entity, rows->at, rows->len, &list) != OK)
		return fail_internal(c, "lines of a network");
	for (size_t i = 0; i < list.len; i++)
		put(c, list.at[i], day, to);
	return OK;
}

static Err other_ceilings(Ctx *c, const LineRows *rows, int year, int other, i64 *ret) {
	Str one = str_format(c->arena, "%d", year), two = str_format(c->arena, "%d", other);
	if (year == other || !rows->len)
		return OK;
	return db_get_int(ctx_conn(c), &sql_lines_other_ceiling, P(V(store_row_list(c->arena, rows->at, rows->len)), V(one), V(two)), 0, ret) == OK
	     ? OK : fail_internal(c, "ceilings of lines");
}

/* Inside a transaction, where all is read: rows that are the same at both leave the lists, too. */
static i64 leave_out_same(LineWholes *before, LineWholes *after, int year, int other) {
	i64    only_ceiling = 0;
	size_t kept = 0;
	for (size_t i = 0; i < before->len; i++) {
		size_t k = 0;
		while (k < after->len && after->at[k].line->head.row != before->at[i].line->head.row)
			k++;
		if (k == after->len) {
			before->at[kept++] = before->at[i];
			continue;
		}
		i64 x = line_ceiling(&before->at[i], year), y = line_ceiling(&before->at[i], other);
		only_ceiling += line_counts(before->at[i].line) && (x == BLANK ? 0 : x) != (y == BLANK ? 0 : y);
		after->at[k] = after->at[--after->len];
	}
	before->len = kept;
	return only_ceiling;
}

Err lines_changed(Ctx *c, Id network, AsOf first, AsOf second, LineWholes *before, LineWholes *after, i64 *only_ceiling) {
	LineRowsTwo two;
	*before = *after = (LineWholes){0};
	*only_ceiling = 0;
	first = as_of_full(c, first);
	second = as_of_full(c, second);
	TRY(line_rows_at_two(c, network, first, second, &two));
	int year = date_year(first.valid), other = date_year(second.valid);
	if (!two.both.known) {
		TRY(lines_of(c, network, first, before));
		TRY(lines_of(c, network, second, after));
		*only_ceiling = leave_out_same(before, after, year, other);
		return OK;
	}
	TRY(other_ceilings(c, &two.both, year, other, only_ceiling));
	TRY(put_rows(c, &two.first, first.valid, before));
	return put_rows(c, &two.second, second.valid, after);
}

Err line_whole(Ctx *c, Id line, AsOf at, LineWhole *ret) {
	void      *row;
	LineWholes one = {0};
	at = as_of_full(c, at);
	TRY(store_get(c, &line_entity, at, line, &row));
	put(c, row, at.valid, &one);
	*ret = one.at[0];
	return lines_name(c, at, &ret, 1);
}
