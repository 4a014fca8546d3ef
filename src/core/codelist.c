/* codelist.c: all code lists of a store, read once (shared.h). */
#include "core/codelist.h"

#include "core/codelist.sql.h"
#include "core/shared.h"

static bool is_code(Str s) {
	for (size_t i = 0; i < s.len; i++)
		if (!((s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') || (s.ptr[i] >= '0' && s.ptr[i] <= '9') ||
		      s.ptr[i] == '-' || s.ptr[i] == '_' || s.ptr[i] == '.'))
			return false;
	return s.len > 0;
}

static Err check_item(Ctx *c, const void *row) {
	const CodeItem *item = row;
	if (!is_code(item->code))
		return fail(c, ERR_INVALID, "code", "Kód smí mít jen písmena bez diakritiky, číslice, tečku, pomlčku a podtržítko.");
	if (!is_code(item->list))
		return fail(c, ERR_INVALID, "list", "Označení číselníku smí mít jen písmena bez diakritiky, číslice, tečku, pomlčku a podtržítko.");
	if (item->replaced_by.len && str_eq(item->replaced_by, item->code))
		return fail(c, ERR_INVALID, "replaced_by", "Položku nemůže nahradit ona sama. Zapište kód jiné položky téhož číselníku, nebo pole nechte prázdné.");
	return OK;
}

ENTITY(code_item_entity, CodeItem, CODE_ITEM_FIELDS, .name = "code_item", .table = "code_item", .one = "položka číselníku",
       .many = "položky číselníků", .of_many = "položek číselníků", .article = "f", .dated = true, .key = "list,code", .title = "name",
       .order = "list", .read = "public", .write = "admin.code_lists", .path = "/app/sprava/ciselniky", .is_public = true,
       .check = check_item, .raises_data_version = true)

/* ---- the set in memory ---- */

#define NOWHERE UINT32_MAX

typedef struct ListRange { Str list; size_t from, len; } ListRange;
typedef struct CodeSet {
	CodeItem   *at;                          /* lists one after another */
	size_t      len, cap;
	ListRange  *lists;
	size_t      list_count, list_cap;
	u32        *first, *after;               /* places of items by the hash of list and code, and of the next ones with the same hash; NOWHERE ends */
	size_t      mask;
} CodeSet;

static size_t chain_of(const CodeSet *s, Str list, Str code) {
	return (size_t)(str_hash(list) * 31 + str_hash(code)) & s->mask;
}

/* Pages ask for some dozens of names: none of them walks through all lists. */
static void index_set(Arena *a, CodeSet *s) {
	for (s->mask = 64; s->mask < s->len * 2; s->mask *= 2) {}
	s->first = NEW_ARRAY(a, u32, s->mask);
	s->after = NEW_ARRAY(a, u32, s->len + 1);
	memset(s->first, 0xff, s->mask * sizeof *s->first);
	s->mask--;
	for (size_t i = s->len; i-- > 0;) {          /* from the end: chains keep the order of the list */
		u32 *chain = &s->first[chain_of(s, s->at[i].list, s->at[i].code)];
		s->after[i] = *chain;
		*chain = (u32)i;
	}
	for (size_t i = 0; i < s->len; i++) {
		if (i == 0 || !str_eq(s->at[i].list, s->at[i - 1].list))
			*ARENA_PUSH(a, s->lists, s->list_count, s->list_cap) = (ListRange){.list = s->at[i].list, .from = i};
		s->lists[s->list_count - 1].len++;
	}
}

static Err load(Ctx *c, Arena *a, void *set) {
	CodeSet *s = set;
	Instant known = as_of_full(c, TODAY).recorded;
	Rows    rows = db_query(ctx_conn(c), &sql_codelist_all, P(V(known)));
	while (rows_next(&rows)) {
		Str text[13];
		for (int i = 5; i < 17; i++)
			text[i - 5] = str_dup(a, col_text(&rows, i));
		*ARENA_PUSH(a, s->at, s->len, s->cap) = (CodeItem){
			.head = {.row = col_int(&rows, 0), .id = col_int(&rows, 1), .version = col_int(&rows, 2), .valid_from = col_date(&rows, 3),
			         .valid_to = col_date(&rows, 4)},
			.list = text[0], .code = text[1], .name = text[2], .short_name = text[3], .external_id = text[4],
			.rest_id = col_int(&rows, 10), .law = text[6], .parent = text[7], .attributes = text[8], .description = text[9],
			.position = col_int(&rows, 15), .replaced_by = text[11],
		};
	}
	Err err = rows_end(&rows);
	if (err == OK)
		index_set(a, s);
	return err;
}

/* No row is ever changed: it comes, or belief in it ends. */
static Err stamp(Ctx *c, SharedStamp *ret) {
	Rows rows = db_query(ctx_conn(c), &sql_codelist_stamp, DB_NONE);
	if (rows_next(&rows))
		*ret = (SharedStamp){col_int(&rows, 0), col_int(&rows, 1)};
	Err err = rows_end(&rows);
	return err == OK ? OK : fail_store(c, err, "code lists");
}

static const SharedKind code_sets = {"code lists", sizeof(CodeSet), load, NULL, stamp};

static Err set_for(Ctx *c, const CodeSet **ret) {
	void *set;
	TRY(shared_set(c, &code_sets, &set));
	*ret = set;
	return OK;
}

/* ---- questions ---- */

static bool holds_on(const CodeItem *item, Date on) {
	return !date_after(item->head.valid_from, on) && (!date_is(item->head.valid_to) || !date_before(item->head.valid_to, on));
}

static ListRange range_of(const CodeSet *s, Str list) {
	for (size_t i = 0; i < s->list_count; i++)
		if (str_eq(s->lists[i].list, list))
			return s->lists[i];
	return (ListRange){0};
}

Err codelist_items(Ctx *c, const char *list, Date on, CodeItems *ret) {
	const CodeSet *s;
	*ret = (CodeItems){0};
	TRY(set_for(c, &s));
	ListRange range = range_of(s, str_c(list));
	for (size_t i = range.from; i < range.from + range.len; i++)
		if (holds_on(&s->at[i], on))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = &s->at[i];
	return OK;
}

/* Of several spans the one of today, else the newest. */
static const CodeItem *better(const CodeItem *a, const CodeItem *b, Date today) {
	if (!a || holds_on(a, today))
		return a ? a : b;
	return holds_on(b, today) || date_after(b->head.valid_from, a->head.valid_from) ? b : a;
}

const CodeItem *codelist_find(Ctx *c, const char *list, Str code) {
	const CodeSet  *s;
	const CodeItem *best = NULL;
	Str             name = str_c(list);
	if (str_empty(code) || set_for(c, &s) != OK)
		return NULL;
	for (u32 i = s->first[chain_of(s, name, code)]; i != NOWHERE; i = s->after[i])
		if (str_eq(s->at[i].code, code) && str_eq(s->at[i].list, name))
			best = better(best, &s->at[i], c->today);
	return best;
}

const CodeItem *codelist_by_external(Ctx *c, const char *list, Str external_id) {
	const CodeSet  *s;
	const CodeItem *best = NULL;
	if (str_empty(external_id) || set_for(c, &s) != OK)
		return NULL;
	ListRange range = range_of(s, str_c(list));
	for (size_t i = range.from; i < range.from + range.len; i++)
		if (str_eq(s->at[i].external_id, external_id))
			best = better(best, &s->at[i], c->today);
	return best;
}

Str codelist_name(Ctx *c, const char *list, Str code) {
	const CodeItem *item = codelist_find(c, list, code);
	return item ? item->name : code;
}

Str code_attribute(const CodeItem *item, Str key) {
	Str rest = item->attributes;
	while (rest.len) {
		Str value = str_cut(&rest, ';');
		Str name = str_trim(str_cut(&value, '='));
		if (str_eq(name, key))
			return str_trim(value);
	}
	return (Str){0};
}
