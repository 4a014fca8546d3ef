/* table_read.c: tables in, as the rest of the program sees them: the file goes to a child, cells come back and are looked at once more.
 *
 * The whole stream is there before the first row is given: nobody waits for another process inside a write transaction, and a table can be
 * read again. Few cells stay in memory, many lie in a file without a name. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/spool.h"
#include "core/table_inside.h"
#include "core/table_parse.h"
#include "core/xlsx_value.h"

enum { IN_MEMORY = 1024 * 1024 };

struct TableReader {
	Ctx        *c;
	Arena       kept, row;
	Buf         out;                         /* of the child */
	int         spool;                       /* -1 = all of it is in `out` */
	TableStream stream;
	Strs        cells;
	Err         err;
	bool        ended;
};

static Err refuse(TableReader *r, Err err, const char *sentence) {
	return r->err = fail(r->c, err, FILE_FIELD, "%s", sentence);
}

static void free_reader(void *arg) {
	TableReader *r = arg;
	arena_free(&r->kept);
	arena_free(&r->row);
	buf_free(&r->out);
	if (r->spool >= 0)
		close(r->spool);
}

static TableReader *new_reader(Ctx *c) {
	TableReader *r = NEW(c->arena, TableReader, .c = c, .kept = {.on_full = c->arena->on_full}, .row = {.on_full = c->arena->on_full}, .spool = -1);
	arena_defer(c->arena, free_reader, r);
	return r;
}

/* ---- the child ---- */

static bool to_spool(Buf *b, void *arg) {
	TableReader *r = arg;
	if (r->spool < 0)
		r->spool = spool_new(P_tmpdir);
	return r->spool >= 0 && spool_write(r->spool, buf_view(b));
}

static Err refuse_end(TableReader *r, ChildEnd end) {
	switch (end) {
	case CHILD_TOO_LONG:
		return refuse(r, ERR_INVALID, "Soubor se čte příliš dlouho. Rozdělte ho na menší, nebo jej uložte jako CSV a nahrajte znovu.");
	case CHILD_NO_MEMORY:
	case CHILD_TOO_MUCH:
		return refuse(r, ERR_INVALID, "V souboru je příliš mnoho textu. Rozdělte ho na menší.");
	case CHILD_BUSY:
	case CHILD_GONE:
		return refuse(r, ERR_BUSY, "Právě se čte příliš mnoho souborů. Zkuste to prosím za chvíli.");
	default:
		return refuse(r, ERR_INVALID, "Soubor je poškozený a přečíst ho nelze. Otevřete jej v tabulkovém programu, uložte znovu a nahrajte.");
	}
}

/* Where no helper was started (tests of the parsers themselves) the file is parsed here. */
static Err convert(TableReader *r, Str bytes, int fd, Str name) {
	r->out = (Buf){.flush = to_spool, .flush_arg = r, .flush_at = IN_MEMORY};
	if (!child_is_started()) {
		CLEANUP(buf_free) Buf file = {0};
		if (fd >= 0 && !spool_read(fd, TABLE_MAX_FILE + 1, &file))
			return refuse(r, ERR_STORAGE, "Soubor se nepodařilo přečíst. Nahrajte jej prosím znovu.");
		table_parse(name, fd >= 0 ? buf_view(&file) : bytes, &r->out);
	} else {
		u32 len = (u32)name.len;
		Str head = str_cat(r->c->arena, str_of((const char *)&len, sizeof len), name);
		ChildEnd end = child_run(&convert_table, &(ChildInput){.head = head, .bytes = bytes, .fd = fd}, &r->out);
		if (end != CHILD_DONE)
			return refuse_end(r, end);
	}
	if (r->spool >= 0 && !buf_finish(&r->out))
		return refuse(r, ERR_STORAGE, "Pro převod souboru chybí na serveru místo. Zkuste to prosím později.");
	return OK;
}

/* ---- reading what it said ---- */

static Err broken(TableReader *r) {
	return refuse(r, ERR_INTERNAL, "Soubor se nepodařilo převést. Uložte jej jako CSV a nahrajte znovu.");
}

static Err start(TableReader *r) {
	TableStream *s = &r->stream;
	*s = (TableStream){.fd = r->spool, .memory = buf_view(&r->out), .size = r->spool >= 0 ? r->out.flushed : r->out.len};
	r->ended = false;
	StreamPart part = table_stream_next(s, &r->kept, &r->row);
	if (part == STREAM_END && s->err != OK)
		return r->err = fail(r->c, s->err, FILE_FIELD, "%.*s", STR_ARG(s->why));
	if (part != STREAM_HEAD)
		return broken(r);
	r->cells = (Strs){s->cells, s->head.columns.len, s->head.columns.len};
	return OK;
}

bool table_read_next(TableReader *r, Strs *cells) {
	TableStream *s = &r->stream;
	if (r->err != OK || r->ended)
		return false;
	arena_reset(&r->row);
	StreamPart part = table_stream_next(s, &r->kept, &r->row);
	*cells = r->cells;
	if (part == STREAM_ROW)
		return true;
	r->ended = true;
	if (part != STREAM_END)
		broken(r);
	else if (s->err != OK)
		r->err = fail(r->c, s->err, FILE_FIELD, "%.*s", STR_ARG(s->why));
	return false;
}

/* ---- opening ---- */

static Err open_table(Ctx *c, Str bytes, int fd, Str name, TableReader **ret) {
	TableReader *r = *ret = new_reader(c);
	off_t size = fd >= 0 ? lseek(fd, 0, SEEK_END) : (off_t)bytes.len;
	if (size > TABLE_MAX_FILE)
		return refuse(r, ERR_TOO_LARGE, "Soubor je větší než 10 MB. Rozdělte ho na menší.");
	TRY(convert(r, bytes, fd, utf8_first(name, 200)));
	return start(r);
}

Err table_read_bytes(Ctx *c, Str bytes, Str name, TableReader **ret) {
	return open_table(c, bytes, -1, name, ret);
}

Err table_read_open(Ctx *c, int fd, Str name, TableReader **ret) {
	return open_table(c, (Str){0}, fd, name, ret);
}

Err table_read_again(TableReader *r) {
	arena_reset(&r->kept);
	r->err = OK;
	return start(r);
}

/* ---- questions ---- */

const Strs *table_header(const TableReader *r) { return &r->stream.head.columns; }
const u8   *table_kinds(const TableReader *r) { return r->stream.kinds; }
i64         table_line(const TableReader *r) { return r->stream.line; }
Err         table_read_end(TableReader *r) { return r->err; }

Str table_source(const TableReader *r) {
	const TableHead *h = &r->stream.head;
	if (h->format == TABLE_XLSX)
		return str_format(r->c->arena, "XLSX, list %.*s", STR_ARG(h->sheet));
	if (h->format == TABLE_JSON)
		return S("JSON");
	return h->delimiter == '\t' ? str_format(r->c->arena, "CSV, kódování %.*s, oddělovač tabulátor", STR_ARG(h->encoding))
	                            : str_format(r->c->arena, "CSV, kódování %.*s, oddělovač %c", STR_ARG(h->encoding), h->delimiter);
}

Str table_row_place(const TableReader *r) {
	const TableHead *h = &r->stream.head;
	Arena *a = r->c->arena;
	if (h->format == TABLE_XLSX)
		return str_format(a, "List %.*s, řádek %lld", STR_ARG(h->sheet), (long long)r->stream.line);
	return str_format(a, "%s %lld", h->format == TABLE_JSON ? "záznam" : "řádek", (long long)r->stream.line);
}

Str table_place(const TableReader *r, size_t column) {
	const TableHead *h = &r->stream.head;
	Arena *a = r->c->arena;
	Str    row = table_row_place(r), name = column < h->columns.len ? h->columns.at[column] : (Str){0};
	if (h->format == TABLE_XLSX)
		return str_format(a, "%.*s, buňka %.*s%lld", STR_ARG(row), STR_ARG(xlsx_column_name(a, column)), (long long)r->stream.line);
	if (h->format == TABLE_JSON)
		return str_format(a, "%.*s, údaj „%.*s“", STR_ARG(row), STR_ARG(name));
	return str_format(a, "%.*s, sloupec %zu (%.*s)", STR_ARG(row), column + 1, STR_ARG(name));
}
