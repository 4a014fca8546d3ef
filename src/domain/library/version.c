/* version.c: versions of documents: drafts are edited, frozen ones stay as they are. */
#include "base/hash.h"
#include "base/text.h"
#include "core/access.h"
#include "core/data_version.h"
#include "core/roomy.h"
#include "core/trail.h"
#include "domain/library/document.sql.h"
#include "domain/library/file_text.h"
#include "domain/library/inside.h"

/* ---- what may change ---- */

/* What a frozen version still gets: its first day, once; and by a step how it was taken back. */
static bool may_follow(const Ctx *c, const Field *f) {
	static const char *const names[] = {"valid_from", "state", "withdrawn_at", "withdrawn_why"};
	for (size_t i = 0; i < (c->stepping ? LEN(names) : 1); i++)
		if (strcmp(f->name, names[i]) == 0)
			return true;
	return false;
}

static Err refuse_frozen(Ctx *c, const DocumentVersion *v) {
	return fail(c, ERR_CONFLICT, NULL, "Verze č. %lld je zmrazená, její obsah se už nemění. Založte novou verzi dokumentu.", (long long)v->no);
}

static Err check_frozen(Ctx *c, const DocumentVersion *before, const DocumentVersion *v) {
	const Entity *e = &document_version_entity;
	for (size_t i = 0; i < e->field_count; i++)
		if (!may_follow(c, &e->fields[i]) && !field_equal(&e->fields[i], before, v))
			return refuse_frozen(c, before);
	return date_is(before->valid_from) && !date_eq(before->valid_from, v->valid_from) ? refuse_frozen(c, before) : OK;
}

/* Whatever writes a version comes by here: rules, imports, the generic store. */
static Err check_version(Ctx *c, const void *row) {
	const DocumentVersion *v = row;
	DocumentVersion       *before;
	if (!v->head.id)
		return OK;
	TRY(version_stored(c, v->head.id, &before));
	return str_eq(before->state, S(VERSION_DRAFT)) ? OK : check_frozen(c, before, v);
}

ENTITY(document_version_entity, DocumentVersion, DOCUMENT_VERSION_FIELDS, .name = "document_version", .table = "document_version",
       .one = "verze dokumentu", .many = "verze dokumentů", .of_many = "verzí dokumentů", .article = "f", .order = "document", .read = CAP_DOCUMENT_READ,
       .write = CAP_DOCUMENT_UPDATE, .check = check_version, .raises_data_version = true)

/* ---- reading ---- */

Err version_stored(Ctx *c, Id id, DocumentVersion **ret) {
	void *row;
	TRY(store_get(c, &document_version_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err versions_stored(Ctx *c, Id document, bool with_held, DocumentVersions *ret) {
	Arena *a = c->arena;
	*ret = (DocumentVersions){0};
	Rows r = db_query(ctx_conn(c), &sql_versions_of_document, P(V(document), V((i64)with_held)));
	while (rows_next(&r))
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (DocumentVersion){
			.head = {.id = col_int(&r, 0), .version = col_int(&r, 1)}, .document = col_int(&r, 2), .no = col_int(&r, 3), .state = str_dup(a, col_text(&r, 4)),
			.valid_from = col_date(&r, 5), .note = str_dup(a, col_text(&r, 6)), .file = col_int(&r, 7), .sha256 = str_dup(a, col_text(&r, 8)),
			.author = col_int(&r, 9), .author_name = str_dup(a, col_text(&r, 10)), .made_at = col_instant(&r, 11), .frozen_at = col_instant(&r, 12),
			.frozen_by = str_dup(a, col_text(&r, 13)), .withdrawn_at = col_instant(&r, 14), .withdrawn_why = str_dup(a, col_text(&r, 15))};
	return rows_end(&r) == OK ? OK : fail_internal(c, "versions of a document");
}

/* ---- content ---- */

static Str digest_of_text(Arena *a, Str text) {
	Sha256 d = sha256(text);
	return hex(a, d.bytes, sizeof d.bytes);
}

Err version_digest(Ctx *c, const DocumentVersion *v, Str *ret) {
	StoredFile f = {0};
	bool       has_file = v->file != BLANK && v->file;
	if (has_file)
		TRY(files_get(c, v->file, &f));
	Str text = digest_of_text(c->arena, v->text);
	*ret = !has_file ? text : !v->text.len ? f.sha256 : digest_of_text(c->arena, str_cat(c->arena, text, f.sha256));
	return OK;
}

Err document_file_keep(Ctx *c, Str name, const StoredFile *staged, i64 *file) {
	StoredFile kept;
	TRY(files_put_staged(c, name, staged, &kept));
	*file = kept.id;
	return file_text_want(c, &kept);
}

/* Told, because two versions with the same file are a mistake of the one who uploads. */
static Err refuse_same_file(Ctx *c, Id document, Id version, const StoredFile *staged) {
	i64 no;
	if (db_get_int(ctx_conn(c), &sql_version_with_file, P(V(document), V(version), V(staged->sha256)), 0, &no) != OK)
		return fail_internal(c, "version with a file");
	if (no)
		return fail(c, ERR_INVALID, "file", "Přesně tento soubor už dokument má ve verzi č. %lld. Zkontrolujte, zda jste vybrali správný.", (long long)no);
	return OK;
}

/* What the draft is to look like, into its row. */
static Err take_content(Ctx *c, const VersionNew *n, DocumentVersion *v) {
	if (!utf8_valid(n->text) || !text_acceptable(n->text))
		return fail(c, ERR_INVALID, "text", "Text obsahuje znaky, které se nedají uložit. Vložte jej znovu jako prostý text.");
	v->text = text_clean_source(c->arena, n->text);
	v->note = text_clean_lines(c->arena, n->note);
	v->valid_from = n->valid_from;
	if (n->staged) {
		TRY(refuse_same_file(c, v->document, v->head.id, n->staged));
		TRY(document_file_keep(c, n->file_name, n->staged, &v->file));
	} else if (n->drops_file) {
		v->file = BLANK;
	}
	return OK;
}

/* ---- drafts ---- */

static Err refuse_second_draft(Ctx *c, Id document) {
	i64 no;
	if (db_get_int(c->conn, &sql_version_draft_of, P(V(document)), 0, &no) != OK)
		return fail_internal(c, "draft of a document");
	return no ? fail(c, ERR_CONFLICT, NULL, "Dokument už má rozpracovanou verzi č. %lld. Upravte ji, nebo ji nejdřív smažte.", (long long)no) : OK;
}

Err version_add(Ctx *c, Id document, const VersionNew *n, Id *ret) {
	Document *d;
	i64       no;
	ctx_roomy(c);
	TRY(require(c, CAP_DOCUMENT_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(document_get(c, document, &d));
	TRY(document_may(c, document, 0, DEED_WRITE));
	TRY(refuse_second_draft(c, document));
	if (db_get_int(c->conn, &sql_version_next_no, P(V(document)), 1, &no) != OK)
		return fail_internal(c, "next version of a document");
	DocumentVersion v = {.document = document, .no = no, .file = BLANK, .author = c->actor->account, .author_name = c->actor->name, .made_at = c->now};
	TRY(take_content(c, n, &v));
	TRY(workflow_start(c, &document_version_machine, "add", &v, NULL));
	if (n->is_held && db_run(c->conn, &sql_version_held_add, P(V(v.head.id)), NULL) != OK)
		return fail_internal(c, "version held back");
	TRY(document_index(c, document));
	*ret = v.head.id;
	return tx_commit(&tx);
}

Err version_change(Ctx *c, Id version, i64 seen, const VersionNew *n) {
	DocumentVersion *v;
	ctx_roomy(c);
	TRY(require(c, CAP_DOCUMENT_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(version_stored(c, version, &v));
	if (!str_eq(v->state, S(VERSION_DRAFT)))
		return refuse_frozen(c, v);
	TRY(document_may(c, v->document, version, DEED_WRITE));
	TRY(take_content(c, n, v));
	if (seen)
		v->head.version = seen;
	TRY(entity_update(c, &document_version_entity, v));
	TRY(document_index(c, v->document));
	return tx_commit(&tx);
}

Err version_drop(Ctx *c, Id version) {
	DocumentVersion *v;
	TRY(require(c, CAP_DOCUMENT_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(version_stored(c, version, &v));
	if (!str_eq(v->state, S(VERSION_DRAFT)))
		return refuse_frozen(c, v);
	if (db_run(c->conn, &sql_version_held_drop, P(V(version)), NULL) != OK)
		return fail_internal(c, "version held back");
	TRY(entity_delete(c, &document_version_entity, version, v->head.version));
	TRY(document_index(c, v->document));
	return tx_commit(&tx);
}

/* ---- steps ---- */

Err version_freeze_step(Ctx *c, WorkMove *m) {
	DocumentVersion *v = m->object->row;
	TRY(document_may(c, v->document, v->head.id, DEED_FREEZE));
	if (date_is(v->valid_from))
		TRY(document_may(c, v->document, v->head.id, DEED_PUT_IN_FORCE));
	TRY(version_digest(c, v, &v->sha256));
	v->frozen_at = c->now;
	v->frozen_by = c->actor->name;
	if (db_run(c->conn, &sql_version_seal_add, P(V(v->head.id), V(v->sha256), V(c->now)), NULL) != OK)
		return fail_internal(c, "seal of a version");
	return version_store_paragraphs(c, v);
}

Err version_withdraw_step(Ctx *c, WorkMove *m) {
	DocumentVersion *v = m->object->row;
	TRY(document_may(c, v->document, v->head.id, DEED_WITHDRAW));
	v->withdrawn_at = c->now;
	v->withdrawn_why = m->input->reason;
	return OK;
}

Err version_freeze(Ctx *c, Id version) {
	ctx_roomy(c);
	return workflow_do(c, &document_version_machine, version, "freeze", NULL);
}

Err version_withdraw(Ctx *c, Id version, Str why) {
	ctx_roomy(c);
	return workflow_do(c, &document_version_machine, version, "withdraw", &(WorkInput){.reason = why});
}

Err version_is_held(Ctx *c, Id version, bool *ret) {
	i64 n;
	if (db_get_int(ctx_conn(c), &sql_version_held, P(V(version)), 0, &n) != OK)
		return fail_internal(c, "version held back");
	*ret = n > 0;
	return OK;
}

Err version_release(Ctx *c, Id version) {
	DocumentVersion *v;
	i64              was;
	ctx_roomy(c);
	TRY(require(c, CAP_DOCUMENT_PUBLISH));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(version_stored(c, version, &v));
	TRY(document_may(c, v->document, version, DEED_SHOW));
	if (db_run(c->conn, &sql_version_held_drop, P(V(version)), &was) != OK)
		return fail_internal(c, "version held back");
	if (was) {
		TRY(trail_add(c, (TrailEntry){.action = "publish", .object = document_version_entity.name, .object_id = version,
		                              .text = str_format(c->arena, "Verzi č. %lld smí číst veřejnost.", (long long)v->no)}));
		TRY(data_version_raise(c));
		TRY(document_index(c, v->document));
	}
	return tx_commit(&tx);
}

Err version_put_in_force(Ctx *c, Id version, Date from) {
	DocumentVersion *v;
	ctx_roomy(c);
	TRY(require(c, CAP_DOCUMENT_PUBLISH));
	if (!date_is(from))
		return fail(c, ERR_INVALID, "valid_from", "V platnosti od: doplňte den.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(version_stored(c, version, &v));
	if (!str_eq(v->state, S(VERSION_FROZEN)))
		return fail(c, ERR_CONFLICT, NULL, "Platit může jen zmrazená verze. Nejdřív verzi č. %lld zmrazte.", (long long)v->no);
	if (date_is(v->valid_from))
		return fail(c, ERR_CONFLICT, NULL, "Verze č. %lld už první den platnosti má a ten se nemění. Načtěte stránku znovu.", (long long)v->no);
	TRY(document_may(c, v->document, version, DEED_PUT_IN_FORCE));
	v->valid_from = from;
	TRY(entity_update(c, &document_version_entity, v));
	return tx_commit(&tx);
}
