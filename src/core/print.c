/* print.c: PDFs by the digest of what they are made of, and the job that makes one. */
#include "core/print.h"

#include <unistd.h>

#include "base/hash.h"
#include "base/log.h"
#include "core/print.sql.h"
#include "core/print_inside.h"

enum { MOST_HTML = 20 * 1024 * 1024 };

/* ---- looking ---- */

typedef struct Known { Id id; Printout is; } Known;

static Str digest_of(Arena *a, Str html) {
	Sha256State st;
	Str         mark = print_tool_mark(a);
	sha256_start(&st);
	sha256_add(&st, mark.ptr, mark.len);
	sha256_add(&st, "", 1);
	sha256_add(&st, html.ptr, html.len);
	Sha256 digest = sha256_end(&st);
	return hex(a, digest.bytes, sizeof digest.bytes);
}

static Printout of_row(Arena *a, Rows *rows) {
	Str  state = col_text(rows, 3), note = col_text(rows, 4);
	bool runs = str_eq(state, S("running"));
	if (!col_null(rows, 1))
		return (Printout){.state = PRINT_READY, .file = col_int(rows, 1)};
	if (runs || str_eq(state, S("queued")))
		return (Printout){.state = PRINT_WAITING, .job = col_int(rows, 2), .is_running = runs};
	if (str_eq(state, S("failed")) && note.len)
		return (Printout){.state = PRINT_FAILED, .why = str_dup(a, note)};
	return (Printout){.state = PRINT_FAILED, .why = S("Vytváření PDF bylo zastaveno dřív, než doběhlo. Zkuste to znovu.")};
}

static Err find(Ctx *c, Str digest, Known *ret) {
	*ret = (Known){0};
	Rows rows = db_query(ctx_conn(c), &sql_print_find, P(V(digest)));
	if (rows_next(&rows))
		*ret = (Known){col_int(&rows, 0), of_row(c->arena, &rows)};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "prints");
}

static Err make_html(Ctx *c, const PrintDoc *d, Buf *html) {
	Str why = {0};
	Err e = print_html(c, d, html, &why);
	if (e != OK) {
		log_line(LOGS_ERROR, "print", c->request, "the print view \"%.*s\" is refused: %.*s", STR_ARG(d->title), STR_ARG(why));
		return fail(c, ERR_INTERNAL, NULL, "PDF tohoto dokumentu nejde vytvořit, protože obsahuje něco, co do tisku nepatří. Ohlaste to prosím správci.");
	}
	if (html->len > MOST_HTML)
		return fail(c, ERR_TOO_LARGE, NULL, "Dokument je na PDF příliš velký. Zkuste menší část.");
	return OK;
}

Err print_find(Ctx *c, const PrintDoc *d, Printout *ret) {
	CLEANUP(buf_free) Buf html = {0};
	Known known;
	TRY(make_html(c, d, &html));
	TRY(find(c, digest_of(c->arena, buf_view(&html)), &known));
	*ret = known.is;
	return OK;
}

/* ---- asking ---- */

static Err put_row(Ctx *c, const PrintDoc *d, Str digest, const StoredFile *source, Str link, Known *known) {
	StoredFile kept;
	Id         job, id = known->id;
	TRY(files_put_staged(c, S("tisk.html"), source, &kept));
	if (!id && db_new_id(c->conn, &id) != OK)
		return fail_internal(c, "prints");
	TRY(job_add(c, PRINT_JOB, str_format(c->arena, "PDF: %.*s", STR_ARG(d->title)), str_format(c->arena, "%lld", (long long)id), link, &job));
	Err e = known->id ? db_run(c->conn, &sql_print_again, P(V(id), V(kept.id), V(job), V(c->now)), NULL)
	                  : db_run(c->conn, &sql_print_add, P(V(id), V(digest), V(d->file_name), V(d->is_large), V(kept.id), V(job), V(c->now)), NULL);
	known->is = (Printout){.state = PRINT_WAITING, .job = job};
	return e == OK ? OK : fail_internal(c, "prints");
}

Err print_ask(Ctx *c, const PrintDoc *d, Str link, Printout *ret) {
	CLEANUP(buf_free) Buf html = {0};
	StoredFile source;
	Known      known;
	TRY(make_html(c, d, &html));
	Str digest = digest_of(c->arena, buf_view(&html));
	TRY(find(c, digest, &known));
	if (known.is.state == PRINT_NONE || known.is.state == PRINT_FAILED) {
		TRY(files_stage(c, buf_view(&html), -1, &source));
		CLEANUP(tx_end) Tx tx = {0};
		TRY(tx_begin(c, &tx));
		TRY(find(c, digest, &known));            /* somebody may have been faster */
		if (known.is.state == PRINT_NONE || known.is.state == PRINT_FAILED)
			TRY(put_row(c, d, digest, &source, link, &known));
		TRY(tx_commit(&tx));
	}
	*ret = known.is;
	return OK;
}

/* ---- making ---- */

typedef struct Order { Id source; Str name; bool is_made, is_large; } Order;

static Err read_order(Ctx *c, Id id, Order *ret) {
	*ret = (Order){0};
	Rows rows = db_query(ctx_conn(c), &sql_print_get, P(V(id)));
	bool found = rows_next(&rows);
	if (found)
		*ret = (Order){.source = col_int(&rows, 0), .is_made = !col_null(&rows, 1), .name = str_dup(c->arena, col_text(&rows, 2)), .is_large = col_bool(&rows, 3)};
	if (rows_end(&rows) != OK)
		return fail_internal(c, "prints");
	return found ? OK : fail(c, ERR_NOT_FOUND, NULL, "Tento tisk už tu není. Zkuste to prosím znovu.");
}

static Err read_source(Ctx *c, Id id, Str *ret) {
	StoredFile f;
	int        fd;
	TRY(files_get(c, id, &f));
	TRY(files_open(c, &f, true, &fd));
	char  *to = arena_alloc(c->arena, (size_t)f.size + 1);
	size_t have = 0;
	for (ssize_t n = 1; n > 0 && have < (size_t)f.size; have += n > 0 ? (size_t)n : 0)
		n = pread(fd, to + have, (size_t)f.size - have, (off_t)have);
	close(fd);
	*ret = str_of(to, have);
	return have == (size_t)f.size ? OK : fail(c, ERR_STORAGE, NULL, "Podklad pro PDF se nepodařilo přečíst. Zkuste to znovu, případně to ohlaste správci.");
}

Err job_print(Ctx *c, Job *job) {
	CLEANUP(buf_free) Buf pdf = {0};
	Order      order;
	StoredFile file;
	Id         id;
	Str        html;
	CHECK(str_to_int(job->input, &id));
	TRY(read_order(c, id, &order));
	if (order.is_made)
		return OK;
	TRY(job_progress(c, job, 0, 1, "připravuje se"));
	TRY(read_source(c, order.source, &html));
	TRY(print_run(c, html, order.is_large, &pdf));
	TRY(files_stage(c, buf_view(&pdf), -1, &file));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(files_put_staged(c, order.name, &file, &file));
	if (db_run(c->conn, &sql_print_made, P(V(id), V(file.id), V(c->now)), NULL) != OK)
		return fail_internal(c, "prints");
	TRY(tx_commit(&tx));
	job->done = job->total = 1;
	return OK;
}

/* ---- of a row ---- */

Printout print_of_row(Arena *a, Rows *r, int file, int job, int state, int note) {
	Printout p = {.file = col_null(r, file) ? 0 : col_int(r, file), .job = col_null(r, job) ? 0 : col_int(r, job), .is_running = str_eq(col_text(r, state), S("running"))};
	bool     waits = p.is_running || str_eq(col_text(r, state), S("queued"));
	p.state = p.file ? PRINT_READY : waits ? PRINT_WAITING : p.job ? PRINT_FAILED : PRINT_NONE;
	p.why = col_text(r, note).len ? str_dup(a, col_text(r, note)) : S("Vytváření bylo zastaveno dřív, než doběhlo. Zkuste to znovu.");
	return p;
}

bool print_is_coming(const Printout *p) { return p->state == PRINT_READY || p->state == PRINT_WAITING; }

Err print_make(Ctx *c, Job *job, const PrintDoc *d, PrintKeep *keep, Id row) {
	CLEANUP(buf_free) Buf html = {0}, pdf = {0};
	StoredFile staged;
	TRY(job_progress(c, job, 0, 1, "připravuje se"));
	TRY(make_html(c, d, &html));
	TRY(print_run(c, buf_view(&html), d->is_large, &pdf));
	TRY(files_stage(c, buf_view(&pdf), -1, &staged));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(keep(c, row, &staged));
	TRY(tx_commit(&tx));
	job->done = job->total = 1;
	return OK;
}

Err prints_sweep(Ctx *c, Instant before, i64 *removed) {
	for (i64 n = 1; n > 0; *removed += n) {
		CLEANUP(tx_end) Tx tx = {0};
		TRY(tx_begin(c, &tx));
		if (db_run(c->conn, &sql_print_old_remove, P(V(before)), &n) != OK)
			return fail_internal(c, "prints");
		TRY(tx_commit(&tx));
	}
	return OK;
}
