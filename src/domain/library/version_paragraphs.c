/* version_paragraphs.c: the paragraphs of a version: rows once it is frozen, anchors that never mean anything else within one document. */
#include "domain/library/document.sql.h"
#include "domain/library/inside.h"

static Err read_rows(Ctx *c, Id version, Paragraphs *ret) {
	Arena *a = c->arena;
	*ret = (Paragraphs){0};
	Rows r = db_query(ctx_conn(c), &sql_paragraphs_of_version, P(V(version)));
	while (rows_next(&r)) {
		Paragraph p = {.anchor = str_dup(a, col_text(&r, 0)), .also = str_dup(a, col_text(&r, 1)), .level = (int)col_int(&r, 3),
		               .source = str_dup(a, col_text(&r, 4)), .text = str_dup(a, col_text(&r, 5))};
		bool known = paragraph_kind_find(col_text(&r, 2), &p.kind);
		CHECK(known);
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = p;
	}
	return rows_end(&r) == OK ? OK : fail_internal(c, "paragraphs of a version");
}

/* The version before this one that has paragraphs; its .taken are anchors of older ones that are used up. */
static Err read_before(Ctx *c, const DocumentVersion *v, Paragraphs *ret) {
	i64 before;
	*ret = (Paragraphs){0};
	if (db_get_int(ctx_conn(c), &sql_version_with_paragraphs, P(V(v->document), V(v->no)), 0, &before) != OK)
		return fail_internal(c, "version before");
	if (before)
		TRY(read_rows(c, before, ret));
	Rows r = db_query(ctx_conn(c), &sql_anchors_taken, P(V(v->document), V(before)));
	while (rows_next(&r)) {
		Str also = str_dup(c->arena, col_text(&r, 1));
		strs_add(c->arena, &ret->taken, str_dup(c->arena, col_text(&r, 0)));
		while (also.len)
			strs_add(c->arena, &ret->taken, str_cut(&also, ' '));
	}
	return rows_end(&r) == OK ? OK : fail_internal(c, "anchors of a document");
}

static Err read_text(Ctx *c, const DocumentVersion *v, Paragraphs *ret) {
	Str        why;
	Paragraphs before;
	if (paragraphs_read(c->arena, v->text, ret, &why) != OK)
		return fail(c, ERR_INVALID, "text", "%.*s", STR_ARG(why));
	TRY(read_before(c, v, &before));
	paragraphs_keep_anchors(c->arena, &before, ret);
	return OK;
}

Err version_paragraphs_of(Ctx *c, const DocumentVersion *v, Paragraphs *ret) {
	return str_eq(v->state, S(VERSION_DRAFT)) ? read_text(c, v, ret) : read_rows(c, v->head.id, ret);
}

Err version_paragraphs(Ctx *c, Id version, Paragraphs *ret) {
	DocumentVersion v;
	TRY(version_get(c, version, &v));
	return version_paragraphs_of(c, &v, ret);
}

Err version_store_paragraphs(Ctx *c, const DocumentVersion *v) {
	Paragraphs all;
	TRY(read_text(c, v, &all));
	for (size_t i = 0; i < all.len; i++) {
		const Paragraph *p = &all.at[i];
		Id               id;
		if (db_new_id(c->conn, &id) != OK ||
		    db_run(c->conn, &sql_paragraph_add, P(V(id), V(v->head.id), V((i64)i + 1), V(p->anchor), V(p->also), V(paragraph_kind_name(p->kind)),
		           V((i64)p->level), V(p->source), V(p->text)), NULL) != OK)
			return fail_internal(c, "paragraph of a version");
	}
	return OK;
}
