#include "core/search.h"

#include "base/text.h"
#include "core/search.sql.h"

enum { HITS_MAX = 5000 };

/* ---- what is found ---- */

typedef struct Doc {
	Id   id;                                     /* 0 = there is none */
	bool is_public;
	Str  title, words;
} Doc;

static Err doc_get(Ctx *c, const char *kind, Id object_id, Doc *ret) {
	*ret = (Doc){0};
	Rows rows = db_query(c->conn, &sql_search_doc_get, P(V(str_c(kind)), V(object_id)));
	if (rows_next(&rows))
		*ret = (Doc){.id = col_int(&rows, 0), .is_public = col_bool(&rows, 1), .title = str_dup(c->arena, col_text(&rows, 2)),
		             .words = str_dup(c->arena, col_text(&rows, 3))};
	return rows_end(&rows);
}

/* PostgreSQL computes its index from the row, SQLite is told; once per row, since this is most of the work. */
static Err reindex(Ctx *c, Id id, Str before, Str after) {
	if (db_conn_engine(c->conn) != ENGINE_SQLITE || str_eq(before, after))
		return OK;
	if (!str_empty(before))
		TRY(db_run(c->conn, &sql_search_index_remove, P(V(id), V(before)), NULL));
	return str_empty(after) ? OK : db_run(c->conn, &sql_search_index_add, P(V(id), V(after)), NULL);
}

static Err doc_put(Ctx *c, const char *kind, Id object_id, const Doc *want) {
	Doc now;
	TRY(doc_get(c, kind, object_id, &now));
	if (now.id && now.is_public == want->is_public && str_eq(now.title, want->title) && str_eq(now.words, want->words))
		return OK;
	Id      id = now.id;
	DbValue key = db_value_bytes(text_sort_key(c->arena, want->title));
	if (id) {
		TRY(db_run(c->conn, &sql_search_doc_change, P(V(id), V(want->is_public), V(want->title), V(key), V(want->words)), NULL));
	} else {
		TRY(db_new_id(c->conn, &id));
		TRY(db_run(c->conn, &sql_search_doc_add,
		           P(V(id), V(str_c(kind)), V(object_id), V(want->is_public), V(want->title), V(key), V(want->words)), NULL));
	}
	return reindex(c, id, now.words, want->words);
}

Err search_put(Ctx *c, const char *kind, Id object_id, bool is_public, Str title, Str body) {
	CHECK(c->tx_depth > 0);
	Str both = str_cat(c->arena, str_cat(c->arena, title, S("\n")), body);
	Doc want = {.is_public = is_public, .title = title, .words = search_words(c->arena, both)};
	return doc_put(c, kind, object_id, &want) == OK ? OK : fail_internal(c, "search index");
}

Err search_drop(Ctx *c, const char *kind, Id object_id) {
	CHECK(c->tx_depth > 0);
	Doc now;
	Err e = doc_get(c, kind, object_id, &now);
	if (e == OK && now.id)
		e = reindex(c, now.id, now.words, (Str){0});
	if (e == OK && now.id)
		e = db_run(c->conn, &sql_search_doc_drop, P(V(now.id)), NULL);
	return e == OK ? OK : fail_internal(c, "search index");
}

/* ---- finding ---- */

/* In the engine's syntax. Tokens are letters a-z and digits only, and each is quoted: nothing in them can mean anything. */
static Str engine_query(Arena *a, Engine engine, const SearchTokens *t) {
	bool postgres = engine == ENGINE_POSTGRES;
	Strs parts = {0};
	for (size_t i = 0; i < t->len; i++) {
		Str         word = t->at[i].text;
		const char *prefix = !t->at[i].prefix ? "" : postgres ? ":*" : "*";
		strs_add(a, &parts, str_format(a, postgres ? "'%.*s'%s" : "\"%.*s\"%s", STR_ARG(word), prefix));
	}
	return str_join(a, postgres ? S(" & ") : S(" AND "), parts);
}

typedef struct Found {
	const SearchTokens *tokens;
	size_t              wanted, count;
	SearchHits          in_title, others;
} Found;

static void add_hit(Ctx *c, SearchHits *to, size_t wanted, Rows *rows, Str title) {
	if (to->len < wanted)
		*ARENA_PUSH(c->arena, to->at, to->len, to->cap) =
			(SearchHit){.object_id = col_int(rows, 0), .kind = str_dup(c->arena, col_text(rows, 1)), .title = str_dup(c->arena, title)};
}

/* Who is named as the query goes first: the same order on both engines, which their own ranking would not give. */
static Err read_ranked(Ctx *c, Rows *rows, Found *f) {
	CLEANUP(arena_free) Arena scratch = {0};
	while (rows_next(rows)) {
		Str title = col_text(rows, 2);
		add_hit(c, search_matches(f->tokens, text_fold(&scratch, title)) ? &f->in_title : &f->others, f->wanted, rows, title);
		arena_reset(&scratch);
		f->count++;
	}
	return rows_end(rows);
}

static Err read_by_key(Ctx *c, Rows *rows, size_t wanted, SearchHits *ret) {
	while (rows_next(rows))
		add_hit(c, ret, wanted, rows, col_text(rows, 2));
	return rows_end(rows);
}

Err search_find(Ctx *c, const char *kind, Str query, bool public_only, i64 limit, SearchHits *ret) {
	*ret = (SearchHits){0};
	SearchTokens tokens = search_tokens(c->arena, query);
	Conn        *conn = ctx_conn(c);
	if (tokens.len == 0)
		return OK;
	if (!conn)
		return fail(c, ERR_BUSY, NULL, "Data teď nejsou dostupná. Zkuste to za chvíli znovu.");
	if (limit <= 0)
		limit = HITS_MAX;
	bool outsider = c->actor->account == 0 && !c->actor->is_program;
	DbValue text = V(engine_query(c->arena, db_conn_engine(conn), &tokens)), of_kind = V(kind ? str_c(kind) : S("")),
	        only = V(public_only || outsider);

	Found f = {.tokens = &tokens, .wanted = (size_t)limit};
	Rows  rows = db_query(conn, &sql_search_find, P(text, of_kind, only, V(HITS_MAX + 1)));
	Err   e = read_ranked(c, &rows, &f);
	if (e == OK && f.count > HITS_MAX) {
		ret->more = true;
		rows = db_query(conn, &sql_search_by_key, P(text, of_kind, only, V(limit)));
		e = read_by_key(c, &rows, (size_t)limit, ret);
	} else if (e == OK) {
		*ret = f.in_title;
		for (size_t i = 0; i < f.others.len && ret->len < f.wanted; i++)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = f.others.at[i];
	}
	if (e == ERR_BUSY)
		return fail(c, e, NULL, "Hledání trvá příliš dlouho. Napište přesnější slova, nebo to zkuste za chvíli znovu.");
	return e == OK ? OK : fail_internal(c, "search");
}
