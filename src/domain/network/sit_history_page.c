/* sit_history_page.c: everything that was ever believed, of one line and of a whole network, as a file: one row is a span of days and the days between which we
 * believed it. */
#include "core/codelist.h"
#include "domain/network/line.sql.h"
#include "domain/network/sit_page.h"

typedef struct Names { Id version, resolution; Str version_number, resolution_number; } Names;
typedef struct NamesKnown { Names *at; size_t len, cap; } NamesKnown;

static const TableColumn columns[] = {
	{"cislo", "Číslo řádku", CELL_TEXT, 0, 12}, {"nazev", "Název služby", CELL_TEXT, 0, 34}, {"druh", "Druh služby", CELL_TEXT, 0, 34},
	{"plati_od", "Platí od", CELL_DATE, 0, 12}, {"plati_do", "Platí do", CELL_DATE, 0, 12}, {"vime_od", "Víme od", CELL_DATE, 0, 12},
	{"vedeli_jsme_do", "Věděli jsme do", CELL_DATE, 0, 14}, {"kapacita", "Kapacita v síti", CELL_DECIMAL, 2, 12}, {"jednotka", "Jednotka", CELL_TEXT, 0, 10},
	{"uroven", "Úroveň", CELL_TEXT, 0, 10}, {"stav", "Stav", CELL_TEXT, 0, 18}, {"uzemni_pusobnost", "Územní působnost", CELL_TEXT, 0, 34},
	{"stropy", "Strop vyrovnávací platby po letech", CELL_TEXT, 0, 40}, {"duvod", "Důvod změny", CELL_TEXT, 0, 40}, {"verze", "Verze sítě", CELL_TEXT, 0, 12},
	{"usneseni", "Usnesení", CELL_TEXT, 0, 14}, {"poznamka", "Poznámka", CELL_TEXT, 0, 40},
};

/* A history names a few dozen decisions thousands of times. */
static Err names_of(Ctx *c, NamesKnown *known, const Line *l, Names *ret) {
	for (size_t i = known->len; i-- > 0;)
		if (known->at[i].version == l->by_version && known->at[i].resolution == l->resolution) {
			*ret = known->at[i];
			return OK;
		}
	NetworkVersion *v;
	*ret = (Names){.version = l->by_version, .resolution = l->resolution};
	if (l->by_version) {
		TRY(network_version_stored(c, l->by_version, &v));
		ret->version_number = v->number;
	}
	(void)sit_resolution_href(c, l->resolution, &ret->resolution_number);
	*ARENA_PUSH(c->arena, known->at, known->len, known->cap) = *ret;
	return OK;
}

/* Replaced in the same step: nobody ever knew it so. */
static bool was_known(const Line *l) {
	return l->head.recorded_to.ms == 0 || l->head.recorded_to.ms != l->head.recorded_from.ms;
}

static void put_row(Ctx *c, TableWriter *t, const Line *l, const Names *n) {
	table_text(t, l->number);
	table_text(t, l->name);
	table_text(t, codelist_name(c, "service_kind", l->kind));
	table_date(t, l->head.valid_from);
	table_date(t, l->head.valid_to);
	table_date(t, prague_day(l->head.recorded_from));
	table_date(t, l->head.recorded_to.ms ? prague_day(l->head.recorded_to) : (Date){0});
	table_int(t, l->capacity.hundredths);
	table_text(t, l->unit);
	table_text(t, codelist_name(c, "network_level", l->level));
	table_text(t, codelist_name(c, "line_status", l->status));
	table_text(t, line_areas.people(c, l->areas));
	table_text(t, line_ceilings.people(c, l->ceilings));
	table_text(t, l->change_reason);
	table_text(t, n->version_number);
	table_text(t, n->resolution_number);
	table_text(t, l->note);
	table_row_end(t);
}

/* Rows of one line are read, written and forgotten; names stay. */
static Err put_line(Ctx *c, TableWriter *t, NamesKnown *known, Id line) {
	CLEANUP(arena_free) Arena scratch = {.limit = c->arena->limit, .on_full = c->arena->on_full};
	Ctx        own = *c;
	EntityList rows;
	own.arena = &scratch;
	own.problems = (Problems){0};
	if (store_all_rows(&own, &line_entity, line, &rows) != OK)
		return fail_internal(c, "history of a line");
	for (size_t i = 0; i < rows.len; i++) {
		Names n;
		TRY(names_of(c, known, rows.at[i], &n));
		if (was_known(rows.at[i]))
			put_row(&own, t, rows.at[i], &n);
	}
	return OK;
}

static Err send(Req *r, const Id *lines, size_t count, Str name) {
	Ctx       *c = r->c;
	NamesKnown known = {0};
	FileFormat format = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(c->arena, Buf);
	TRY(download_start(r, format_type(format), format == FORMAT_JSON ? (Str){0} : str_format(c->arena, "%.*s.%s", STR_ARG(name), format_suffix(format)), out));
	TableWriter *t = table_open(c->arena, out, format, S("Historie"), columns, LEN(columns), web_options()->demo ? S("Ukázková data.") : (Str){0});
	(void)territory_region(c);                   /* territory and code lists are taken once for all of it */
	(void)codelist_find(c, "line_status", S(LINE_IN_NETWORK));
	for (size_t i = 0; i < count; i++)
		TRY(put_line(c, t, &known, lines[i]));
	TRY(table_close(t));
	return download_end(r, out);
}

Err sit_line_history(Req *r, const Line *l) {
	Id id = l->head.id;
	return send(r, &id, 1, str_format(r->c->arena, "historie-radku-%.*s", STR_ARG(l->number)));
}

Err sit_network_history(Req *r, const Network *n) {
	Ctx *c = r->c;
	struct { Id *at; size_t len, cap; } ids = {0};
	Rows rows = db_query(ctx_conn(c), &sql_lines_ever, P(V(n->head.id)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ids.at, ids.len, ids.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "lines of a network");
	return send(r, ids.at, ids.len, S("historie-site"));
}
