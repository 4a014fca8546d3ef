/* document_list.c: which documents a list shows, and which version of each. */
#include "domain/library/document_list.h"

#include "core/access.h"
#include "core/codelist.h"
#include "core/search.h"
#include "domain/library/document.sql.h"
#include "domain/library/inside.h"

static void read_document(Arena *a, Rows *r, DocumentRow *row) {
	*row = (DocumentRow){.owner = str_dup(a, col_text(r, 9))};
	row->d = (Document){.head = {.id = col_int(r, 0)}, .title = str_dup(a, col_text(r, 1)), .kind = str_dup(a, col_text(r, 2)),
	                    .file_number = str_dup(a, col_text(r, 3)), .summary = str_dup(a, col_text(r, 4)), .url = str_dup(a, col_text(r, 5)),
	                    .part_of = col_null(r, 6) ? 0 : col_int(r, 6), .valid_to = col_date(r, 7), .is_public = col_bool(r, 8)};
}

static void add_version(Arena *a, Rows *r, DocumentRow *row, bool office) {
	if (col_null(r, 10) || (!office && str_eq(col_text(r, 12), S(VERSION_DRAFT))))
		return;
	size_t files = row->versions.len, cap = row->versions.cap;
	*ARENA_PUSH(a, row->versions.at, row->versions.len, row->versions.cap) =
		(DocumentVersion){.head = {.id = col_int(r, 10)}, .document = row->d.head.id, .no = col_int(r, 11), .state = str_dup(a, col_text(r, 12)),
	                      .valid_from = col_date(r, 13), .frozen_at = col_instant(r, 14), .withdrawn_at = col_instant(r, 15), .file = col_int(r, 16)};
	StoredFile *f = ARENA_PUSH(a, row->files, files, cap);
	*f = (StoredFile){0};
	if (!col_null(r, 16))
		*f = (StoredFile){.id = col_int(r, 16), .name = str_dup(a, col_text(r, 17)), .type = str_dup(a, col_text(r, 18)), .size = col_int(r, 19)};
}

static void choose(DocumentRow *row, Date day, bool office) {
	bool all_withdrawn = row->versions.len > 0;
	row->shown = version_of_day(&row->d, &row->versions, day);
	row->in_force = row->shown != NULL;
	for (size_t i = 0; i < row->versions.len; i++) {
		const DocumentVersion *v = &row->versions.at[i];
		all_withdrawn = all_withdrawn && str_eq(v->state, S(VERSION_WITHDRAWN));
		if (!row->shown && str_eq(v->state, S(VERSION_FROZEN)))
			row->shown = v;
	}
	if (!row->shown && office && row->versions.len)
		row->shown = &row->versions.at[0];
	if (row->shown)
		row->file = &row->files[row->shown - row->versions.at];
	row->is_archived = all_withdrawn || (date_is(row->d.valid_to) && date_before(row->d.valid_to, day));
}

static bool is_wanted(const DocumentRow *row, const DocumentQuery *q) {
	if (!q->office && !row->versions.len)
		return false;
	if (row->d.part_of && !q->part_of && !q->everything && !q->kind.len && !q->search.len)
		return false;
	if (q->only_in_force)
		return row->in_force;
	return q->everything || row->is_archived == q->archived;
}

static bool was_found(const SearchHits *hits, Id id) {
	for (size_t i = 0; i < hits->len; i++)
		if (hits->at[i].object_id == id)
			return true;
	return false;
}

static bool has_kind(const CodeItems *kinds, Str code) {
	for (size_t i = 0; i < kinds->len; i++)
		if (str_eq(kinds->at[i]->code, code))
			return true;
	return false;
}

/* The list comes by titles; here each kind's documents move together, in the order of the code list. */
static Err by_kinds(Ctx *c, DocumentRows *rows) {
	CodeItems    kinds;
	DocumentRows sorted = {0};
	TRY(codelist_items(c, "document_kind", c->today, &kinds));
	for (size_t k = 0; k <= kinds.len; k++)
		for (size_t i = 0; i < rows->len; i++) {
			bool known = has_kind(&kinds, rows->at[i].d.kind);
			if (k < kinds.len ? str_eq(rows->at[i].d.kind, kinds.at[k]->code) : !known)
				*ARENA_PUSH(c->arena, sorted.at, sorted.len, sorted.cap) = rows->at[i];
		}
	*rows = sorted;
	return OK;
}

Err documents_list(Ctx *c, DocumentQuery q, DocumentRows *ret) {
	SearchHits hits = {0};
	*ret = (DocumentRows){0};
	if (q.office)
		TRY(require(c, CAP_DOCUMENT_READ));
	if (q.search.len)
		TRY(search_find(c, "document", q.search, !q.office, 0, &hits));
	Date   day = date_is(q.day) ? q.day : c->today;
	Rows   rows = db_query(ctx_conn(c), &sql_document_rows, P(V((i64)!q.office), V(q.kind), V(q.part_of)));
	while (rows_next(&rows)) {
		DocumentRow *last = ret->len ? &ret->at[ret->len - 1] : NULL;
		if (!last || last->d.head.id != col_int(&rows, 0)) {
			last = ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap);
			read_document(c->arena, &rows, last);
		}
		add_version(c->arena, &rows, last, q.office);
	}
	if (rows_end(&rows) != OK)
		return fail_internal(c, "documents");
	size_t n = 0;
	for (size_t i = 0; i < ret->len; i++) {
		choose(&ret->at[i], day, q.office);
		if (is_wanted(&ret->at[i], &q) && (!q.search.len || was_found(&hits, ret->at[i].d.head.id)))
			ret->at[n++] = ret->at[i];
	}
	ret->len = n;
	return by_kinds(c, ret);
}

Str library_owner_name(Ctx *c, Id organisation) {
	void  *row;
	size_t said = c->problems.len;
	Str    name = store_get(c, &organisation_entity, TODAY, organisation, &row) == OK ? ((Organisation *)row)->name : (Str){0};
	c->problems.len = said;
	return name;
}

static Err read_choices(Ctx *c, Rows rows, Choices *ret) {
	*ret = (Choices){0};
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (Choice){col_int(&rows, 0), str_dup(c->arena, col_text(&rows, 1))};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "organisations");
}

Err library_owners(Ctx *c, Choices *ret) {
	return read_choices(c, db_query(ctx_conn(c), &sql_library_owners, DB_NONE), ret);
}

Err library_bodies(Ctx *c, Choices *ret) {
	return read_choices(c, db_query(ctx_conn(c), &sql_library_bodies, DB_NONE), ret);
}
