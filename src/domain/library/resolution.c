/* resolution.c: resolutions of bodies and their numbers. */
#include "domain/library/resolution.h"

#include "base/text.h"
#include "core/access.h"
#include "core/search.h"
#include "domain/library/file_text.h"
#include "domain/library/inside.h"
#include "domain/library/resolution.sql.h"

/* ---- numbers ---- */

enum { BODY_MARK_MAX = 12, NUMBER_MAX = 99999 };

static bool read_positive(Str s, i64 most, i64 *ret) {
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
	return s.len && s.len < 8 && str_to_int(s, ret) && *ret > 0 && *ret <= most;
}

/* The mark of a body in capitals: ZK, RK, VSV, K10; {0} when it is something else. */
static Str read_mark(Arena *a, Str s) {
	char *to = arena_alloc(a, BODY_MARK_MAX);
	bool  has_letter = false;
	if (s.len > BODY_MARK_MAX)
		return (Str){0};
	for (size_t i = 0; i < s.len; i++) {
		char ch = s.ptr[i] >= 'a' && s.ptr[i] <= 'z' ? (char)(s.ptr[i] - 'a' + 'A') : s.ptr[i];
		if (!(ch >= 'A' && ch <= 'Z') && !(ch >= '0' && ch <= '9'))
			return (Str){0};
		has_letter = has_letter || ch >= 'A';
		to[i] = ch;
	}
	return has_letter ? str_of(to, s.len) : (Str){0};
}

bool resolution_number_read(Arena *a, Str typed, ResolutionNumber *ret) {
	Str rest = typed, no = str_trim(str_cut(&rest, '/')), year = str_trim(str_cut(&rest, '/'));
	i64 y;
	*ret = (ResolutionNumber){.body = read_mark(a, str_trim(rest))};
	if (!read_positive(no, NUMBER_MAX, &ret->no) || (year.len != 2 && year.len != 4) || !read_positive(year, 2099, &y) || !ret->body.len)
		return false;
	ret->year = (int)(year.len == 2 ? 2000 + y : y);
	return ret->year > 2000;
}

Str resolution_number_text(Arena *a, const ResolutionNumber *n) {
	return str_format(a, "%lld/%02d/%.*s", (long long)n->no, n->year % 100, STR_ARG(n->body));
}

/* ---- the record ---- */

static Err check_number(Ctx *c, const Resolution *r) {
	ResolutionNumber n;
	if (!resolution_number_read(c->arena, r->number, &n))
		return fail(c, ERR_INVALID, "number", "Číslo: zapište pořadí, rok a zkratku orgánu, například 616/23/ZK.");
	if (date_year(r->decided_on) != n.year)
		return fail(c, ERR_INVALID, "decided_on", "Den rozhodnutí: číslo %.*s patří do roku %d. Opravte den, nebo číslo.", STR_ARG(r->number), n.year);
	return OK;
}

static Err check_unique(Ctx *c, const Resolution *r) {
	Resolution other;
	size_t     said = c->problems.len;
	bool       taken = resolution_by_number(c, r->number, &other) == OK && other.head.id != r->head.id;
	c->problems.len = said;
	if (taken)
		return fail(c, ERR_CONFLICT, "number", "Číslo: usnesení %.*s už v evidenci je. Zkontrolujte číslo, nebo upravte to, které tu je.", STR_ARG(r->number));
	return OK;
}

static Err check_body(Ctx *c, const Resolution *r) {
	void *row;
	TRY(store_get(c, &organisation_entity, TODAY, r->body, &row));
	if (!str_eq(((Organisation *)row)->kind, S("body")))
		return fail(c, ERR_INVALID, "body", "Orgán: %.*s není orgán kraje. Vyberte radu, zastupitelstvo nebo jiný orgán.", STR_ARG(((Organisation *)row)->name));
	return OK;
}

/* Records as they stand are let through: what was taken over once is not refused when something else of it is mended. */
static bool as_stored(Ctx *c, const Resolution *r) {
	void  *row;
	size_t said = c->problems.len;
	bool   same = r->head.id && store_get(c, &resolution_entity, TODAY, r->head.id, &row) == OK;
	c->problems.len = said;
	if (!same)
		return false;
	const Resolution *before = row;
	return str_eq(before->number, r->number) && before->body == r->body && date_eq(before->decided_on, r->decided_on);
}

static Err check_resolution(Ctx *c, const void *row) {
	const Resolution *r = row;
	if (as_stored(c, r))
		return OK;
	TRY(check_number(c, r));
	TRY(check_unique(c, r));
	return check_body(c, r);
}

/* 616/2023/zk is 616/23/ZK: one number, written one way. */
static Err prepare_resolution(Ctx *c, void *row) {
	Resolution      *r = row;
	ResolutionNumber n;
	if (resolution_number_read(c->arena, r->number, &n))
		r->number = resolution_number_text(c->arena, &n);
	return OK;
}

ENTITY(resolution_entity, Resolution, RESOLUTION_FIELDS, .name = "resolution", .table = "resolution", .one = "usnesení", .many = "usnesení",
       .of_many = "usnesení", .article = "n", .key = "number", .title = "number", .order = "decided_on", .read = CAP_RESOLUTION_READ,
       .write = CAP_RESOLUTION_UPDATE, .path = "/app/usneseni", .is_public = true, .check = check_resolution, .prepare = prepare_resolution,
       .raises_data_version = true)

/* ---- reading ---- */

static Err no_such(Ctx *c) {
	return fail(c, ERR_NOT_FOUND, NULL, "Takové usnesení v evidenci není.");
}

Err resolution_get(Ctx *c, Id id, Resolution *ret) {
	void  *row;
	size_t said = c->problems.len;
	Err    err = store_get(c, &resolution_entity, TODAY, id, &row);
	c->problems.len = said;
	if (err != OK)
		return no_such(c);
	*ret = *(Resolution *)row;
	return OK;
}

Err resolution_by_number(Ctx *c, Str number, Resolution *ret) {
	ResolutionNumber n;
	void            *row;
	size_t           said = c->problems.len;
	if (!resolution_number_read(c->arena, number, &n))
		return no_such(c);
	Err err = entity_find(c, &resolution_entity, TODAY, "number", resolution_number_text(c->arena, &n), &row);
	c->problems.len = said;
	if (err != OK)
		return no_such(c);
	*ret = *(Resolution *)row;
	return OK;
}

static bool was_found(const SearchHits *hits, Id id) {
	for (size_t i = 0; i < hits->len; i++)
		if (hits->at[i].object_id == id)
			return true;
	return false;
}

/* A number finds its resolution, words look into titles and texts. */
static Err find_words(Ctx *c, Str typed, SearchHits *ret) {
	Resolution r;
	size_t     said = c->problems.len;
	*ret = (SearchHits){0};
	Err err = resolution_by_number(c, typed, &r);
	c->problems.len = said;
	if (err != OK)
		return search_find(c, "resolution", typed, true, 0, ret);
	*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (SearchHit){.object_id = r.head.id};
	return OK;
}

Err resolutions_list(Ctx *c, ResolutionQuery q, ResolutionRows *ret) {
	Arena     *a = c->arena;
	SearchHits hits = {0};
	Date       from = date(q.year ? q.year : 2000, 1, 1), to = date(q.year ? q.year : 2999, 12, 31);
	*ret = (ResolutionRows){0};
	if (q.search.len)
		TRY(find_words(c, q.search, &hits));
	Rows rows = db_query(ctx_conn(c), &sql_resolution_rows, P(V(q.body), V(from), V(to), V(q.result)));
	while (rows_next(&rows))
		if (!q.search.len || was_found(&hits, col_int(&rows, 0)))
			*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = (ResolutionRow){
				.r = {.head = {.id = col_int(&rows, 0), .version = col_int(&rows, 1)}, .number = str_dup(a, col_text(&rows, 2)), .body = col_int(&rows, 3),
				      .decided_on = col_date(&rows, 4), .title = str_dup(a, col_text(&rows, 5)), .result = str_dup(a, col_text(&rows, 6)), .file = col_int(&rows, 7)},
				.body = str_dup(a, col_text(&rows, 8))};
	return rows_end(&rows) == OK ? OK : fail_internal(c, "resolutions");
}

Err resolution_years(Ctx *c, Years *ret) {
	*ret = (Years){0};
	Rows rows = db_query(ctx_conn(c), &sql_resolution_years, DB_NONE);
	while (rows_next(&rows)) {
		int year = date_year(col_date(&rows, 0));
		if (!ret->len || ret->at[ret->len - 1] != year)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = year;
	}
	return rows_end(&rows) == OK ? OK : fail_internal(c, "years of resolutions");
}

Str resolution_href(Arena *a, Str number) {
	return str_cat(a, S("/usneseni/"), str_replace(a, number, S("/"), S("-")));
}

Str resolution_link(Ctx *c, Str number) {
	Resolution r;
	size_t     said = c->problems.len;
	Err        err = resolution_by_number(c, number, &r);
	c->problems.len = said;
	return err == OK ? resolution_href(c->arena, r.number) : (Str){0};
}

/* ---- writing ---- */

static Err index_one(Ctx *c, const Resolution *r) {
	Str words;
	TRY(file_text_words(c, r->file, &words));
	return search_put(c, "resolution", r->head.id, true, str_format(c->arena, "Usnesení %.*s: %.*s", STR_ARG(r->number), STR_ARG(r->title)),
	                  str_format(c->arena, "%.*s %.*s", STR_ARG(r->text), STR_ARG(words)));
}

Err resolution_index(Ctx *c, Id id) {
	Resolution r;
	TRY(resolution_get(c, id, &r));
	return index_one(c, &r);
}

static Err take_file(Ctx *c, Resolution *r, Str name, const StoredFile *staged) {
	return staged ? document_file_keep(c, name, staged, &r->file) : OK;
}

Err resolution_add(Ctx *c, const ResolutionNew *n, Id *ret) {
	TRY(require(c, CAP_RESOLUTION_CREATE));
	Resolution r = {.number = text_clean(c->arena, n->number), .body = n->body, .decided_on = n->decided_on, .title = text_clean(c->arena, n->title),
	                .result = n->result, .text = text_clean_lines(c->arena, n->text), .file = BLANK};
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(take_file(c, &r, n->file_name, n->staged));
	TRY(entity_insert(c, &resolution_entity, &r));
	TRY(index_one(c, &r));
	*ret = r.head.id;
	return tx_commit(&tx);
}

Err resolution_change(Ctx *c, Resolution *r, Str file_name, const StoredFile *staged) {
	TRY(require(c, CAP_RESOLUTION_UPDATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(take_file(c, r, file_name, staged));
	TRY(entity_update(c, &resolution_entity, r));
	TRY(index_one(c, r));
	return tx_commit(&tx);
}
