/* comment.c: comments are read, found and shown to the public. Arriving: comment_arrive.c; work: comment_work.c. */
#include "domain/consultation/comment.h"

#include "base/hash.h"
#include "base/text.h"
#include "core/access.h"
#include "core/codelist.h"
#include "core/search.h"
#include "domain/consultation/consultation_inside.h"

static Err check_comment(Ctx *c, const void *row) {
	const Comment *k = row;
	if (k->author_name.len && !text_acceptable(k->author_name))
		return fail(c, ERR_INVALID, "author_name", "Jméno obsahuje znaky, které se nedají uložit. Přepište je.");
	return text_acceptable(k->text) ? OK : fail(c, ERR_INVALID, "text", "Připomínka obsahuje znaky, které se nedají uložit. Přepište ji.");
}

ENTITY(comment_entity, Comment, COMMENT_FIELDS, .name = "comment", .table = "comment", .one = "připomínka", .many = "připomínky",
       .of_many = "připomínek", .article = "f", .title = "number", .order = "serial", .read = CAP_SETTLEMENT_READ, .write = CAP_COMMENT_UPDATE,
       .path = "/app/pripominka", .check = check_comment, .raises_data_version = true)

bool comment_is(const Comment *k, const char *state) { return str_eq(k->state, str_c(state)); }

/* ---- reading ---- */

Err comment_load(Ctx *c, Id id, Comment **ret) {
	void *row;
	TRY(store_get(c, &comment_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err comment_load_rows(Ctx *c, Rows rows, Comments *ret) {
	struct { Id *at; size_t len, cap; } ids = {0};
	*ret = (Comments){0};
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ids.at, ids.len, ids.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "comments");
	for (size_t i = 0; i < ids.len; i++) {
		Comment *k;
		TRY(comment_load(c, ids.at[i], &k));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = k;
	}
	return OK;
}

static Err no_such(Ctx *c) {
	return fail(c, ERR_NOT_FOUND, NULL, "Taková připomínka tu není, nebo k ní nemáte přístup.");
}

/* Comments before they are published are for the region's people; others read what is published. */
static Err in_office(Ctx *c) {
	TRY(require(c, CAP_SETTLEMENT_READ));
	return access_scope(c, CAP_SETTLEMENT_READ).all ? OK : no_such(c);
}

Err comment_get(Ctx *c, Id id, Comment **ret) {
	size_t said = c->problems.len;
	TRY(in_office(c));
	if (comment_load(c, id, ret) == OK && !comment_is(*ret, COMMENT_UNCONFIRMED) && !comment_is(*ret, COMMENT_EXPIRED))
		return OK;
	c->problems.len = said;
	return no_such(c);
}

Err comment_by_number(Ctx *c, Str number, Comment **ret) {
	Comments found;
	TRY(in_office(c));
	TRY(comment_load_rows(c, db_query(ctx_conn(c), &sql_comment_by_number, P(V(number))), &found));
	if (!found.len)
		return fail(c, ERR_INVALID, "into", "Připomínku č. %.*s tu nemáme. Zkontrolujte číslo, například P-2026-0012.", STR_ARG(utf8_first(number, 30)));
	*ret = found.at[0];
	return OK;
}

Err comment_related(Ctx *c, Id id, Comments *parts, Comments *joined) {
	TRY(in_office(c));
	TRY(comment_load_rows(c, db_query(ctx_conn(c), &sql_comment_parts, P(V(id))), parts));
	return comment_load_rows(c, db_query(ctx_conn(c), &sql_comment_joined, P(V(id))), joined);
}

/* Words anywhere in the text or the number; % and _ of the person are letters like others. */
static Str like(Ctx *c, Str search) {
	Str folded = str_replace(c->arena, search_words(c->arena, utf8_first(search, 200)), S("%"), S(""));
	return str_format(c->arena, "%%%.*s%%", STR_ARG(str_replace(c->arena, folded, S("_"), S(""))));
}

Err comment_list(Ctx *c, Id consultation, const CommentFilter *f, Comments *ret, i64 *total) {
	TRY(in_office(c));
	Str words = like(c, f->search);
	i64 limit = f->limit > 0 ? f->limit : 100;
	if (db_get_int(ctx_conn(c), &sql_comment_found_count,
	               P(V(consultation), V(f->state), V(f->kind), V(f->result), V(f->anchor), V(f->assigned), V((i64)f->only_late), V(words)), 0, total) != OK)
		return fail_internal(c, "comments");
	return comment_load_rows(c, db_query(ctx_conn(c), &sql_comment_found,
	                                     P(V(consultation), V(f->state), V(f->kind), V(f->result), V(f->anchor), V(f->assigned), V((i64)f->only_late), V(words),
	                                       V(limit), V(f->offset))), ret);
}

static const char *const states[] = {COMMENT_UNCONFIRMED, COMMENT_RECEIVED, COMMENT_LATE, COMMENT_CHECKED, COMMENT_ASSIGNED, COMMENT_PROPOSED, COMMENT_DECIDED,
                                     COMMENT_PUBLISHED, COMMENT_SPLIT, COMMENT_MERGED, COMMENT_LATE_CLOSED, COMMENT_EXPIRED, COMMENT_JOINED};

static void count_state(CommentCounts *n, Str state, i64 count) {
	for (size_t i = 0; i < LEN(states); i++)
		if (str_eq(state, str_c(states[i])))
			n->by_state[i] = count;
}

Err comment_counts(Ctx *c, Id consultation, CommentCounts *ret) {
	enum { UNCONFIRMED, RECEIVED, LATE, CHECKED, ASSIGNED, PROPOSED, DECIDED, PUBLISHED, SPLIT, MERGED, LATE_CLOSED, EXPIRED, JOINED };
	const i64 *n = ret->by_state;
	*ret = (CommentCounts){0};
	Rows rows = db_query(ctx_conn(c), &sql_comment_states, P(V(consultation)));
	while (rows_next(&rows))
		count_state(ret, col_text(&rows, 0), col_int(&rows, 1));
	if (rows_end(&rows) != OK)
		return fail_internal(c, "comments");
	ret->waiting = n[RECEIVED] + n[CHECKED] + n[ASSIGNED] + n[PROPOSED];
	ret->decided = n[DECIDED] + n[PUBLISHED];
	ret->late = n[LATE] + n[LATE_CLOSED];
	ret->all = ret->waiting + ret->decided + ret->late + n[MERGED] + n[JOINED];
	return OK;
}

/* ---- what is published ---- */

Str comment_public_text(const Comment *k) {
	return k->redacted_text.len ? k->redacted_text : k->text;
}

Str comment_public_author(Ctx *c, const Comment *k) {
	bool is_citizen = str_eq(k->author_kind, S("citizen"));
	if (!is_citizen && k->organisation.len)
		return k->organisation;
	if (k->consent && k->author_name.len)
		return k->author_name;
	return codelist_name(c, "comment_author", k->author_kind);
}

Err comment_index(Ctx *c, const Comment *k) {
	bool covered = k->redacted_text.len > 0;
	Str  parts[] = {comment_public_author(c, k), comment_public_text(k), covered ? S("") : k->proposal, k->reasoning};
	Str  title = str_format(c->arena, "Připomínka %.*s%s%.*s", STR_ARG(k->number), k->chapter.len ? ": " : "", STR_ARG(k->chapter));
	return search_put(c, comment_entity.name, k->head.id, true, title, str_join(c->arena, S(" "), (Strs){parts, LEN(parts), LEN(parts)}));
}

Str comment_receipt(Arena *a, const Comment *k) {
	char at[INSTANT_ISO_LEN];
	Str  parts[] = {k->number, str_dup(a, instant_iso(k->delivered_at, at)), k->anchor, k->original_text, k->proposal, k->justification};
	Sha256 d = sha256(str_join(a, S("\n"), (Strs){parts, LEN(parts), LEN(parts)}));
	return hex(a, d.bytes, sizeof d.bytes);
}
