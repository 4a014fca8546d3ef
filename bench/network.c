/* network.c: a network of 500 places with COUNT dated changes, recorded over six years, in the store of the sample; then it is read as of random days and as known at
 * random instants, and compared; a workbook of 10,000 lines is judged: bench-network STORE COUNT. Prints lines "as-of MS" and "diff MS" of single readings. */
#include <time.h>

#include "base/csv.h"
#include "bench/fill.h"
#include "core/exchange.h"
#include "domain/network/sit.h"

enum { PLACES = 500, A_STEP = 1000, READINGS = 200, YEARS = 6, VERSIONS_A_YEAR = 7, ROWS = 10000 };

typedef struct Bench {
	Network        network;
	NetworkVersion version;
	Line          *lines[PLACES];           /* their texts are those of the samples, or `lasting` */
	Arena         *lasting;
	LineWholes     samples;
	Rand           rand;
	Date           first;
	Instant        begins;
} Bench;

/* Processor time of this thread: what else the machine does is not counted. */
static double now_ms(void) {
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1000000;
}

/* One after another, each in place of the one before. */
static Err add_versions(Ctx *c, Bench *b, Str resolution) {
	for (int year = 0; year < YEARS; year++)
		for (int no = 1; no <= VERSIONS_A_YEAR; no++) {
			NetworkVersion *v = entity_new(c->arena, &network_version_entity);
			v->network = b->network.head.id;
			v->number = str_format(c->arena, "%d/%d", date_year(b->first) + year, no);
			v->title = S("Měření");
			v->effective_from = date(date_year(b->first) + year, no + no / 2, 1);
			TRY(workflow_start(c, &network_version_machine, "take_over", v, &(WorkInput){.resolution = resolution}));
			b->version = *v;
		}
	return OK;
}

static Err prepare(Ctx *c, Bench *b) {
	Network   *basic;
	Resolution r = {0};
	EntityList all;
	b->network = (Network){.tier = S("temporary"), .title = S("Dočasná síť"), .note = S("Síť pro měření.")};
	TRY(entity_insert(c, &network_entity, &b->network));
	TRY(network_of_tier(c, (Str){0}, &basic));
	TRY(lines_of(c, basic->head.id, TODAY, &b->samples));
	TRY(entity_list(c, &resolution_entity, &(ListQuery){.limit = 1}, &all));
	r = *(Resolution *)all.at[0];
	return add_versions(c, b, r.number);
}

static Err change(Ctx *c, Bench *b) {
	size_t at = (size_t)rand_range(&b->rand, 0, PLACES - 1);
	bool   is_new = b->lines[at] == NULL;
	Line  *l = entity_copy(c->arena, &line_entity, is_new ? b->samples.at[(size_t)rand_range(&b->rand, 0, (i64)b->samples.len - 1)].line : b->lines[at]);
	if (is_new) {
		l->head = (EntityHead){0};
		l->number = str_format(b->lasting, "M%03zu", at);
		l->status = S(LINE_IN_NETWORK);
		l->merged_under = 0;
	}
	l->network = b->network.head.id;
	l->by_version = b->version.head.id;
	l->capacity = fte(rand_range(&b->rand, 1, 90) * 100);
	l->change_reason = S("Měření.");
	Date from = date_add(b->first, (int)rand_range(&b->rand, 0, YEARS * 365));
	Date to = rand_chance(&b->rand, 50) ? (Date){0} : date_add(from, (int)rand_range(&b->rand, 0, 300));
	TRY(is_new ? history_create_judged(c, &line_entity, l, from, (Date){0}) : history_change_judged(c, &line_entity, l, from, to));
	b->lines[at] = l;
	return OK;
}

static Instant moment(Bench *b, i64 part, i64 whole) {
	return (Instant){b->begins.ms + part * YEARS * 365 * 24 * 3600 / whole * 1000};
}

/* The lines as they are now move into `to`; what the step before took is free. */
static Err keep_lines(Ctx *c, Bench *b, Arena *to) {
	static const Sql newest = {"bench_line_version", "SELECT MAX(version) FROM network_line WHERE id = $1", NULL};
	for (size_t i = 0; i < PLACES; i++) {
		if (!b->lines[i])
			continue;
		b->lines[i] = entity_copy(to, &line_entity, b->lines[i]);
		TRY(db_get_int(c->conn, &newest, P(V(b->lines[i]->head.id)), 0, &b->lines[i]->head.version));
	}
	return OK;
}

static Err one_step(Bench *b, Db *db, Instant now, Instant recorded, i64 count, Arena *to) {
	CLEANUP(arena_free) Arena scratch = {0};
	Ctx c = ctx_make(&scratch, db, &actor_program, now);
	Tx  tx = {0};
	Err e = tx_begin(&c, &tx);
	if (e == OK)
		history_record_at(&c, recorded);
	for (i64 i = 0; e == OK && i < count; i++)
		e = change(&c, b);
	e = e == OK ? keep_lines(&c, b, to) : e;
	e = e == OK ? tx_commit(&tx) : e;
	if (e != OK)
		fprintf(stderr, "%.*s\n", STR_ARG(first_problem(&c)));
	ctx_end(&c);
	return e;
}

static Err write_changes(Ctx *c, Bench *b, i64 count) {
	CLEANUP(arena_free) Arena even = {0};
	CLEANUP(arena_free) Arena odd = {0};
	ctx_end(c);
	for (i64 done = 0; done < count; done += A_STEP) {
		Arena *to = done / A_STEP % 2 ? &odd : &even;
		arena_free(to);
		TRY(one_step(b, c->db, c->now, moment(b, done + 1, count), count - done < A_STEP ? count - done : A_STEP, to));
	}
	return OK;
}

static AsOf any(Bench *b) {
	return (AsOf){date_add(b->first, (int)rand_range(&b->rand, 30, YEARS * 365)), moment(b, rand_range(&b->rand, 1, 1000), 1000)};
}

/* ---- a workbook of a whole network ---- */

/* The 500 lines as the export for people writes them, again and again with new numbers; every tenth has a capacity that is none. */
static Err write_workbook(Ctx *c, Id network, Buf *out, i64 *columns) {
	CLEANUP(buf_free) Buf csv = {0};
	ListFilter of = {.field = entity_field(&line_entity, S("network")), .value = str_format(c->arena, "%lld", (long long)network)};
	TRY(exchange_export(c, &line_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = PLACES}, FORMAT_CSV, &csv));
	Strs   rows[PLACES] = {{0}}, row, heads = {0};
	size_t count = 0, number = 0, capacity = 0;
	CsvReader *r = csv_open(c->arena, buf_view(&csv), (CsvLimits){0});
	CHECK(csv_next(r, &row));
	for (size_t i = 0; i < row.len; i++) {
		strs_add(c->arena, &heads, str_dup(c->arena, row.at[i]));
		number = str_eq(row.at[i], S("Číslo řádku")) ? i : number;
		capacity = str_eq(row.at[i], S("Kapacita v síti")) ? i : capacity;
	}
	for (; count < PLACES && csv_next(r, &row); count++)
		for (size_t i = 0; i < row.len; i++)
			strs_add(c->arena, &rows[count], csv_unguard(str_dup(c->arena, row.at[i])));
	CHECK(count > 0);
	TableColumn *titles = NEW_ARRAY(c->arena, TableColumn, heads.len);
	for (size_t i = 0; i < heads.len; i++)
		titles[i] = (TableColumn){.key = str_z(c->arena, heads.at[i]), .title = str_z(c->arena, heads.at[i])};
	TableWriter *w = table_open(c->arena, out, FORMAT_XLSX, S("Síť"), titles, heads.len, (Str){0});
	for (size_t n = 0; n < ROWS; n++) {
		CLEANUP(arena_free) Arena one = {0};
		for (size_t i = 0; i < heads.len; i++)
			table_text(w, i == number ? str_format(&one, "X%05zu", n) : i == capacity && n % 10 == 5 ? S("kolem deseti") : rows[n % count].at[i]);
		table_row_end(w);
	}
	*columns = (i64)heads.len;
	return table_close(w);
}

static Err judge_workbook(Ctx *c, Id network) {
	CLEANUP(buf_free) Buf in = {0};
	ImportPreview p;
	i64           columns;
	TRY(write_workbook(c, network, &in, &columns));
	double t = now_ms();
	TRY(exchange_preview(c, &line_entity, S("sit.xlsx"), buf_view(&in), -1, &p));
	printf("judged %.2f %lld x %lld, %zu kB, %lld new, %lld wrong\n", (now_ms() - t) / 1000, (long long)ROWS, (long long)columns, in.len / 1000, (long long)p.added,
	       (long long)p.errors);
	return p.errors == ROWS / 10 ? OK : fail(c, ERR_INTERNAL, NULL, "%lld wrong rows were found", (long long)p.errors);
}

static Err fill(Ctx *c, i64 count) {
	Bench b = {.lasting = c->arena, .rand = rand_seed(7), .first = date(2020, 1, 1)};
	b.begins = prague_instant(b.first, 0);
	TRY(prepare(c, &b));
	double  began = now_ms();
	Instant now = c->now;
	TRY(write_changes(c, &b, count));
	printf("written %.1f\n", (now_ms() - began) / 1000);
	c->now = now;
	for (int i = 0; i < READINGS; i++) {
		CLEANUP(arena_free) Arena a = {0};
		Ctx         own = ctx_make(&a, c->db, &actor_program, now);
		LineWholes  lines;
		NetworkDiff d;
		double      t = now_ms();
		TRY(lines_of(&own, b.network.head.id, any(&b), &lines));
		printf("as-of %.3f %zu\n", now_ms() - t, lines.len);
		t = now_ms();
		TRY(network_diff(&own, b.network.head.id, any(&b), any(&b), &d));
		printf("diff %.3f %zu\n", now_ms() - t, d.len);
		ctx_end(&own);
	}
	return judge_workbook(c, b.network.head.id);
}

int main(int argc, char **argv) {
	return bench_fill("bench-network", argc, argv, fill);
}
