/* file_text.c: words of files are read by a job, kept by content, and given to the index of the search. */
#include "domain/library/file_text.h"

#include "core/data_version.h"
#include "core/doc_text.h"
#include "domain/library/file_text.sql.h"
#include "domain/library/inside.h"

enum { LATE_MS = 15 * 60 * 1000, LATE_AT_ONCE = 20 };

static bool has_words(const StoredFile *f) {
	return str_eq(f->type, S("application/pdf")) || str_eq(f->type, S("application/vnd.openxmlformats-officedocument.wordprocessingml.document"));
}

/* ---- asking ---- */

static Err queue(Ctx *c, const StoredFile *f) {
	Id  job;
	Str title = str_format(c->arena, "Text souboru %.*s", STR_ARG(f->name));
	return job_add(c, "library.text", title, str_format(c->arena, "%lld", (long long)f->id), (Str){0}, &job);
}

Err file_text_want(Ctx *c, const StoredFile *f) {
	i64 added = 0;
	if (!has_words(f))
		return OK;
	if (db_run(c->conn, &sql_file_text_add, P(V(f->sha256), V(c->now)), &added) != OK)
		return fail_internal(c, "text of a file");
	return added ? queue(c, f) : OK;
}

Err file_text_of(Ctx *c, const StoredFile *f, FileText *ret) {
	*ret = (FileText){.state = FILE_TEXT_NONE};
	Rows rows = db_query(ctx_conn(c), &sql_file_text_get, P(V(f->sha256)));
	if (rows_next(&rows)) {
		Str state = col_text(&rows, 0);
		ret->state = str_eq(state, S("ready")) ? FILE_TEXT_READY : str_eq(state, S("failed")) ? FILE_TEXT_FAILED : FILE_TEXT_WAITING;
		ret->why = str_dup(c->arena, col_text(&rows, 1));
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "text of a file");
}

Err file_text_words(Ctx *c, i64 id, Str *ret) {
	*ret = (Str){0};
	if (id == BLANK || !id)
		return OK;
	Rows rows = db_query(ctx_conn(c), &sql_file_text_words, P(V(id)));
	if (rows_next(&rows))
		*ret = str_dup(c->arena, col_text(&rows, 0));
	return rows_end(&rows) == OK ? OK : fail_internal(c, "words of a file");
}

/* ---- reading ---- */

typedef struct Ids { Id *at; size_t len, cap; } Ids;

static Err ids_of(Ctx *c, Rows rows, Ids *ret) {
	*ret = (Ids){0};
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = col_int(&rows, 0);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "what a file belongs to");
}

static Err index_all(Ctx *c, Str sha256) {
	Ids documents, resolutions;
	TRY(ids_of(c, db_query(c->conn, &sql_file_text_documents, P(V(sha256))), &documents));
	TRY(ids_of(c, db_query(c->conn, &sql_file_text_resolutions, P(V(sha256))), &resolutions));
	for (size_t i = 0; i < documents.len; i++)
		TRY(document_index(c, documents.at[i]));
	for (size_t i = 0; i < resolutions.len; i++)
		TRY(resolution_index(c, resolutions.at[i]));
	return OK;
}

static Err put(Ctx *c, Str sha256, const DocText *t) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (db_run(c->conn, &sql_file_text_put, P(V(sha256), V(t->why.len ? S("failed") : S("ready")), V(t->text), V(t->why), V(c->now)), NULL) != OK)
		return fail_internal(c, "text of a file");
	TRY(index_all(c, sha256));
	TRY(data_version_raise(c));              /* pages say that the words are being read */
	return tx_commit(&tx);
}

/* The file itself stays as it is whatever comes out of it. */
Err file_text_job(Ctx *c, Job *job) {
	StoredFile f;
	DocText    t;
	i64        id;
	if (!str_to_int(job->input, &id))
		return fail_internal(c, "text of a file");
	TRY(files_get(c, id, &f));
	TRY(doc_text(c, &f, &t));
	if (t.again)
		return fail(c, ERR_BUSY, NULL, "%.*s", STR_ARG(t.why));
	TRY(put(c, f.sha256, &t));
	job->result = t.why.len ? t.why : S("Text souboru je přečtený, hledání v něm hledá.");
	return OK;
}

Err file_text_regular(Ctx *c) {
	Ids late;
	TRY(ids_of(c, db_query(ctx_conn(c), &sql_file_text_late, P(V((Instant){c->now.ms - LATE_MS}), V((i64)LATE_AT_ONCE))), &late));
	for (size_t i = 0; i < late.len; i++) {
		StoredFile f;
		CLEANUP(tx_end) Tx tx = {0};
		TRY(tx_begin(c, &tx));
		TRY(files_get(c, late.at[i], &f));
		if (db_run(c->conn, &sql_file_text_put, P(V(f.sha256), V(S("waiting")), V((Str){0}), V((Str){0}), V(c->now)), NULL) != OK)
			return fail_internal(c, "text of a file");
		TRY(queue(c, &f));
		TRY(tx_commit(&tx));
	}
	return OK;
}
