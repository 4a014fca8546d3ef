/* attachment.c: files of a submission: adding, taking away, reading. */
#include "domain/collection/attachment.h"

#include "base/text.h"
#include "core/access.h"
#include "domain/collection/attachment.sql.h"
#include "domain/library/upload.h"

ENTITY(submission_file_entity, SubmissionFile, SUBMISSION_FILE_FIELDS, .name = "submission_file", .table = "submission_file", .one = "příloha podání",
       .many = "přílohy podání", .of_many = "příloh podání", .article = "f", .title = "name", .order = "added_at", .read = CAP_SUBMISSION_READ,
       .write = CAP_SUBMISSION_UPDATE, .path = "/app/vykaz/prilohy", .scope_parent = "submission")
ENTITY(asked_file_entity, AskedFile, ASKED_FILE_FIELDS, .name = "asked_file", .table = "asked_file", .one = "požadovaná příloha", .many = "požadované přílohy",
       .of_many = "požadovaných příloh", .article = "f", .title = "label", .order = "position", .read = CAP_COLLECTION_READ, .write = CAP_COLLECTION_UPDATE,
       .path = "/app/formulare/prilohy")

#define OTHER "dalsi"
typedef struct Ids { Id *at; size_t len, cap; } Ids;

static Err read_ids(Ctx *c, const Sql *sql, const DbValue *values, int count, Ids *ret) {
	Rows rows = db_query(ctx_conn(c), sql, values, count);
	*ret = (Ids){0};
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = col_int(&rows, 0);
	return rows_end(&rows) == OK ? OK : fail_internal(c, "attachments");
}

/* ---- what is asked for ---- */

Err asked_files(Ctx *c, const char *object, Id object_id, AskedFiles *ret) {
	Ids ids;
	*ret = (AskedFiles){0};
	TRY(read_ids(c, &sql_asked_file_list, P(V(str_c(object)), V(object_id)), &ids));
	for (size_t i = 0; i < ids.len; i++) {
		void *row;
		TRY(store_get(c, &asked_file_entity, TODAY, ids.at[i], &row));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return OK;
}

Err asked_file_get(Ctx *c, const char *object, Id object_id, Id id, AskedFile **ret) {
	AskedFiles all;
	TRY(asked_files(c, object, object_id, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i]->head.id == id) {
			*ret = all.at[i];
			return OK;
		}
	return fail(c, ERR_NOT_FOUND, NULL, "Taková příloha mezi požadovanými není. Načtěte stránku znovu.");
}

Err asked_file_add(Ctx *c, AskedFile *a, const StoredFile *template) {
	AskedFiles all;
	StoredFile kept;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(asked_files(c, str_z(c->arena, a->object), a->object_id, &all));
	a->label = text_clean(c->arena, a->label);
	a->hint = text_clean(c->arena, a->hint);
	a->position = all.len ? all.at[all.len - 1]->position + 10 : 10;
	a->template = BLANK;
	if (template) {
		TRY(files_put_staged(c, template->name, template, &kept));
		a->template = kept.id;
	}
	TRY(entity_insert(c, &asked_file_entity, a));
	return tx_commit(&tx);
}

Err asked_file_remove(Ctx *c, const char *object, Id object_id, Id id) {
	AskedFile *a;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(asked_file_get(c, object, object_id, id, &a));
	TRY(entity_delete(c, &asked_file_entity, id, a->head.version));
	return tx_commit(&tx);
}

static Err files_of(Ctx *c, Id submission, SubmissionFiles *ret) {
	Ids ids;
	*ret = (SubmissionFiles){0};
	TRY(read_ids(c, &sql_submission_file_list, P(V(submission)), &ids));
	for (size_t i = 0; i < ids.len; i++) {
		void *row;
		TRY(store_get(c, &submission_file_entity, TODAY, ids.at[i], &row));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return OK;
}

static void add_ask(Ctx *c, Asks *to, const SubmissionFiles *files, Ask a) {
	for (size_t i = 0; i < files->len; i++)
		if (str_eq(files->at[i]->asked, a.code))
			*ARENA_PUSH(c->arena, a.files.at, a.files.len, a.files.cap) = files->at[i];
	*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = a;
}

Err submission_asks(Ctx *c, const Submission *s, const FormTree *t, Asks *ret) {
	SubmissionFiles files;
	AskedFiles      asked = {0};
	*ret = (Asks){0};
	TRY(files_of(c, s->head.id, &files));
	if (s->asked_by.len)
		TRY(asked_files(c, str_z(c->arena, s->asked_by), s->asked_by_id, &asked));
	for (size_t i = 0; i < t->len; i++) {
		const FormField *f = t->at[i];
		if (form_is(f, FORM_FILE))
			add_ask(c, ret, &files, (Ask){.code = str_cat(c->arena, S("pole-"), f->stable), .label = f->label, .hint = f->hint, .required = f->required,
			                              .most = f->most == BLANK ? ATTACHMENTS_MOST : f->most});
	}
	for (size_t i = 0; i < asked.len; i++) {
		const AskedFile *a = asked.at[i];
		add_ask(c, ret, &files, (Ask){.code = str_format(c->arena, "zadani-%lld", (long long)a->head.id), .label = a->label, .hint = a->hint, .required = a->required,
		                              .most = ATTACHMENTS_MOST, .template = a->template != BLANK ? a->head.id : 0});
	}
	add_ask(c, ret, &files, (Ask){.code = S(OTHER), .label = S("Další přílohy"), .hint = S("Cokoli dalšího, co k podání patří."), .most = ATTACHMENTS_MOST});
	return OK;
}

/* ---- adding and taking away ---- */

static Err open_for_filling(Ctx *c, Id submission, Submission **ret) {
	Str why;
	TRY(require(c, CAP_SUBMISSION_UPDATE));
	TRY(submission_get(c, submission, ret));
	return submission_may_fill(c, *ret, &why) ? OK : fail(c, ERR_CONFLICT, NULL, "%.*s", STR_ARG(why));
}

static Err find_ask(Ctx *c, const Submission *s, Str code, Ask *ret) {
	FormTree t;
	Asks     asks;
	TRY(form_tree(c, s->form_version, &t));
	TRY(submission_asks(c, s, &t, &asks));
	for (size_t i = 0; i < asks.len; i++)
		if (str_eq(asks.at[i].code, code)) {
			*ret = asks.at[i];
			return OK;
		}
	return fail(c, ERR_MALFORMED, NULL, "Formulář poslal přílohu k něčemu, co podání nemá. Načtěte stránku znovu.");
}

static Err fits(Ctx *c, const Ask *a, const StoredFile *staged) {
	if ((i64)a->files.len >= a->most)
		return fail(c, ERR_INVALID, "soubor", "%.*s: víc souborů než %lld přiložit nejde. Některý nejdřív odeberte.", STR_ARG(a->label), (long long)a->most);
	for (size_t i = 0; i < a->files.len; i++)
		if (str_eq(a->files.at[i]->sha256, staged->sha256))
			return fail(c, ERR_INVALID, "soubor", "%.*s: stejný soubor už je přiložený jako „%.*s“.", STR_ARG(a->label), STR_ARG(a->files.at[i]->name));
	return OK;
}

Err submission_attach(Ctx *c, Id submission, Str asked, const StoredFile *staged) {
	Submission *s;
	Ask         a = {0};
	StoredFile  kept;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(open_for_filling(c, submission, &s));
	TRY(find_ask(c, s, asked, &a));
	TRY(fits(c, &a, staged));
	Str name = text_clean(c->arena, staged->name);
	TRY(files_put_staged(c, name, staged, &kept));
	SubmissionFile *f = entity_new(c->arena, &submission_file_entity);
	f->submission = submission;
	f->asked = a.code;
	f->name = name;
	f->type = kept.type;
	f->size = kept.size;
	f->sha256 = kept.sha256;
	f->file = kept.id;
	f->owner = c->actor->account;
	f->author = c->actor->name;
	f->added_at = c->now;
	TRY(entity_insert(c, &submission_file_entity, f));
	return tx_commit(&tx);
}

static Err find_file(Ctx *c, const Submission *s, Id file, SubmissionFile **ret) {
	void  *row;
	size_t said = c->problems.len;
	Err    e = store_get(c, &submission_file_entity, TODAY, file, &row);
	*ret = e == OK ? row : NULL;
	if (*ret && (*ret)->submission == s->head.id)
		return OK;
	c->problems.len = said;
	return e == OK || e == ERR_NOT_FOUND ? fail(c, ERR_NOT_FOUND, NULL, "Takový soubor u podání není. Načtěte stránku znovu.") : e;
}

/* What a receipt has named is evidence: it leaves the list and stays stored. What nobody has received yet really goes. */
Err submission_detach(Ctx *c, Id submission, Id file) {
	Submission     *s;
	SubmissionFile *f;
	i64             receipts;
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(open_for_filling(c, submission, &s));
	TRY(find_file(c, s, file, &f));
	if (f->removed_at.ms)
		return fail(c, ERR_NOT_FOUND, NULL, "Soubor „%.*s“ je už odebraný.", STR_ARG(f->name));
	if (db_get_int(c->conn, &sql_submission_receipts_since, P(V(submission), V(f->added_at)), 0, &receipts) != OK)
		return fail_internal(c, "receipts");
	if (receipts) {
		f->removed_at = c->now;
		TRY(entity_update(c, &submission_file_entity, f));
	} else
		TRY(entity_delete(c, &submission_file_entity, file, f->head.version));
	return tx_commit(&tx);
}

Err submission_file_get(Ctx *c, const Submission *s, Id file, SubmissionFile **ret) {
	if (submission_may_see(c, s))
		return find_file(c, s, file, ret);
	return fail(c, ERR_NOT_FOUND, NULL, "Přílohy uvidíte, až bude podání podané.");
}

Str submission_file_words(Arena *a, const SubmissionFile *f) {
	StoredFile of = {.type = f->type, .size = f->size};
	return str_format(a, "%.*s (%.*s)", STR_ARG(f->name), STR_ARG(upload_words(a, &of)));
}
