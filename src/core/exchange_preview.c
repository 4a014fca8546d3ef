/* exchange_preview.c: a file is kept together with what it would do. Rows and cells are not stored: they follow from the file and the store. */
#include <unistd.h>

#include "core/data_version.h"
#include "core/exchange_inside.h"

#include "core/exchange.sql.h"

enum { MAX_ROWS_SHOWN = 1000, MAX_SHOWN_BYTES = 3 * 1024 * 1024, MAX_VALUE = 300, MAX_ENTITIES = 256 };

/* ---- the program's entities ---- */

static const Entity *known[MAX_ENTITIES];
static size_t        known_count;

void exchange_setup(const Entity *const *const *lists, const size_t *counts, size_t list_count) {
	known_count = 0;
	for (size_t i = 0; i < list_count; i++)
		for (size_t k = 0; k < counts[i]; k++) {
			CHECK(known_count < MAX_ENTITIES);
			known[known_count++] = lists[i][k];
		}
}

static const Entity *entity_by_name(Str name) {
	for (size_t i = 0; i < known_count; i++)
		if (str_eq(str_c(known[i]->name), name))
			return known[i];
	return NULL;
}

/* ---- what is shown ---- */

static Str shown(Arena *a, Str s) {
	Str head = utf8_first(s, MAX_VALUE);
	return head.len < s.len ? str_cat(a, head, S("…")) : str_dup(a, head);
}

/* A row for the screen, in the arena of the preview. */
static size_t keep_row(Ctx *c, const Judge *j, const Judged *row, ImportPreview *to) {
	ImportRow *kept = ARENA_PUSH(c->arena, to->at, to->len, to->cap);
	size_t     bytes = sizeof *kept + row->len * sizeof *kept->cells;
	*kept = (ImportRow){.line = row->line, .verdict = row->verdict, .title = str_dup(c->arena, judged_title(j, j->row, row)), .cell_count = row->len,
	                    .cells = NEW_ARRAY(c->arena, ImportCell, row->len + 1)};
	for (size_t i = 0; i < row->len; i++) {
		const JudgedCell *from = &row->cells[i];
		ImportCell       *cell = &kept->cells[i];
		bool              in_file = from->column < row->raw->len;
		*cell = (ImportCell){.field = from->field, .error = str_dup(c->arena, from->error), .note = str_dup(c->arena, from->note),
		                     .place = judged_place(j, from)};
		if (from->field && row->before)
			cell->before = shown(c->arena, names_people(&j->names, j->row, from->field, row->before));
		if (from->error.len && in_file)
			cell->after = shown(c->arena, row->raw->at[from->column]);
		else if (from->field && row->after)
			cell->after = shown(c->arena, names_people(&j->names, j->row, from->field, row->after));
		bytes += cell->error.len + cell->note.len + cell->place.len + cell->before.len + cell->after.len;
	}
	return bytes;
}

/* ---- judging ---- */

static void add_text(Sha256State *st, Str s) {
	u64 n = s.len;
	sha256_add(st, &n, sizeof n);
	if (s.len)
		sha256_add(st, s.ptr, s.len);
}

/* Everything that the sender decides about: which thing, which cells, from what to what. */
static void add_to_digest(Sha256State *st, Arena *a, const Judged *row) {
	i64 head[] = {row->line, row->verdict, row->id, (i64)row->len};
	sha256_add(st, head, sizeof head);
	for (size_t i = 0; i < row->len; i++) {
		const JudgedCell *cell = &row->cells[i];
		i64 column = (i64)cell->column;
		sha256_add(st, &column, sizeof column);
		add_text(st, cell->error);
		if (!cell->changed)
			continue;
		add_text(st, row->before ? field_machine(a, cell->field, row->before) : (Str){0});
		add_text(st, row->after ? field_machine(a, cell->field, row->after) : (Str){0});
	}
}

static void count(Judgement *sum, ImportVerdict v) {
	sum->same += v == IMPORT_SAME;
	sum->added += v == IMPORT_NEW;
	sum->changed += v == IMPORT_CHANGED;
	sum->errors += v == IMPORT_ERROR;
}

Err preview_judge(Ctx *c, const Entity *e, TableReader *r, Judgement *sum, ImportPreview *ret) {
	Judge *j;
	Judged *row;
	Sha256State st;
	size_t      bytes = 0;
	*sum = (Judgement){0};
	TRY(judge_open(c, e, r, &j));
	if (ret)
		ret->source = table_source(r);
	sha256_start(&st);
	while (judge_next(j, &row)) {
		count(sum, row->verdict);
		Inside before = ctx_enter(c, j->row);            /* texts of values are made in the memory of the row */
		add_to_digest(&st, j->row, row);
		ctx_leave(c, &before);
		if (ret && row->verdict != IMPORT_SAME && ret->len < MAX_ROWS_SHOWN && bytes < MAX_SHOWN_BYTES)
			bytes += keep_row(c, j, row, ret);
	}
	TRY(judge_end(j));
	sum->digest = sha256_end(&st);
	return OK;
}

/* ---- stored previews ---- */

void preview_fill(ImportPreview *ret, const StoredPreview *p, const Judgement *sum) {
	ret->id = p->id;
	ret->entity = p->entity;
	ret->file_name = p->file_name;
	ret->made = p->made;
	ret->state = p->state;
	ret->data_version = p->data_version;
	ret->same = sum->same;
	ret->added = sum->added;
	ret->changed = sum->changed;
	ret->errors = sum->errors;
}

Err preview_find(Ctx *c, Id id, StoredPreview *ret) {
	*ret = (StoredPreview){.id = id};
	bool mine = false;
	Rows rows = db_query(ctx_conn(c), &sql_import_get, P(V(id)));
	if (rows_next(&rows)) {
		Str digest = col_bytes(&rows, 5);
		mine = c->actor->is_program || (col_int(&rows, 0) == c->actor->account && c->actor->account != 0);
		ret->entity = entity_by_name(col_text(&rows, 1));
		ret->file = col_null(&rows, 2) ? 0 : col_int(&rows, 2);
		ret->file_name = str_dup(c->arena, col_text(&rows, 3));
		ret->state = str_dup(c->arena, col_text(&rows, 4));
		if (digest.len == sizeof ret->seen.digest.bytes)
			memcpy(ret->seen.digest.bytes, digest.ptr, digest.len);
		ret->data_version = col_int(&rows, 6);
		ret->made = col_instant(&rows, 7);
		ret->seen.same = col_int(&rows, 8);
		ret->seen.added = col_int(&rows, 9);
		ret->seen.changed = col_int(&rows, 10);
		ret->seen.errors = col_int(&rows, 11);
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "import preview");
	return mine && ret->entity ? OK : fail(c, ERR_NOT_FOUND, NULL, "Náhled s tímto číslem neexistuje, nebo patří někomu jinému. Nahrajte soubor znovu.");
}

Err preview_reader(Ctx *c, const StoredPreview *p, TableReader **ret) {
	StoredFile f;
	int        fd;
	if (p->file == 0)
		return fail(c, ERR_GONE, NULL, "Soubor tohoto náhledu už je smazaný. Nahrajte jej znovu.");
	TRY(files_get(c, p->file, &f));
	TRY(files_open(c, &f, true, &fd));
	Err err = table_read_open(c, fd, p->file_name, ret);         /* takes all of it into memory */
	close(fd);
	return err;
}

static Err store(Ctx *c, const Entity *e, Str name, const StoredFile *staged, const Judgement *sum, ImportPreview *ret) {
	StoredFile    f;
	StoredPreview p = {.entity = e, .file_name = name, .state = S("open"), .made = c->now};
	CLEANUP(tx_end) Tx tx = {0};
	TRY(data_version(c, &p.data_version));
	TRY(tx_begin(c, &tx));
	TRY(files_put_staged(c, name, staged, &f));
	if (db_new_id(c->conn, &p.id) != OK ||
	    db_run(c->conn, &sql_import_add,
	           P(V(p.id), V(c->actor->account), V(str_c(e->name)), V(f.id), V(name), V(sum->same), V(sum->added), V(sum->changed), V(sum->errors),
	             db_value_bytes(str_of((const char *)sum->digest.bytes, sizeof sum->digest.bytes)), V(p.data_version), V(c->now)), NULL) != OK)
		return fail_internal(c, "import preview");
	TRY(tx_commit(&tx));
	preview_fill(ret, &p, sum);
	return OK;
}

Err exchange_preview(Ctx *c, const Entity *e, Str file_name, Str bytes, int fd, ImportPreview *ret) {
	TableReader *r;
	Judgement    sum;
	StoredFile   staged;
	*ret = (ImportPreview){0};
	TRY(require(c, e->write));
	Str name = utf8_first(file_name, 200);
	TRY(fd >= 0 ? table_read_open(c, fd, name, &r) : table_read_bytes(c, bytes, name, &r));
	TRY(preview_judge(c, e, r, &sum, ret));
	if (sum.same + sum.added + sum.changed + sum.errors == 0)
		return fail(c, ERR_INVALID, FILE_FIELD, "V souboru je jen záhlaví, žádný řádek s daty. Doplňte řádky a nahrajte jej znovu.");
	TRY(files_stage(c, bytes, fd, &staged));
	return store(c, e, name, &staged, &sum, ret);
}

Err exchange_preview_get(Ctx *c, Id id, ImportPreview *ret) {
	StoredPreview p;
	TableReader  *r;
	Judgement     sum;
	*ret = (ImportPreview){0};
	TRY(preview_find(c, id, &p));
	TRY(require(c, p.entity->write));
	if (!str_eq(p.state, S("open"))) {       /* what it did is in the trail */
		preview_fill(ret, &p, &p.seen);
		return OK;
	}
	TRY(preview_reader(c, &p, &r));
	TRY(preview_judge(c, p.entity, r, &sum, ret));
	preview_fill(ret, &p, &sum);
	return OK;
}

Err exchange_sweep(Ctx *c, Instant before, i64 *forgotten) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_import_forget, P(V(before)), forgotten) != OK)
		return fail_internal(c, "import sweep");
	return tx_commit(&tx);
}
