/* exchange_names.c: how files name rows that are referred to, and codes. */
#include "base/text.h"
#include "core/codelist.h"
#include "core/exchange_inside.h"
#include "core/store_sql.h"

enum { MAX_DEPTH = 6, DOUBLED = 1, HELD_BACK = 2 };

typedef struct RefEntry {
	Id  id;
	u32 at, key_len, title_len;
	u32 flags;
} RefEntry;

struct RefTable {
	RefTable     *next;
	const Entity *e;
	bool          loading;
	RefEntry     *at;
	size_t        len, cap;
	Buf           text;                      /* keys and titles, one after the other */
	u32          *by_id, *by_key;            /* index + 1, open addressing */
	size_t        size;
};

typedef struct CodeName {
	Str  code, name;
	bool safe;                               /* reading the name gives this code */
} CodeName;

struct CodeTable {
	CodeTable  *next;
	const char *list;
	CodeName   *at;
	size_t      len, cap;
};

static const Field *title_of(const Entity *e) {
	return e->title ? entity_field(e, str_c(e->title)) : NULL;
}

/* ---- codes ---- */

static CodeTable *codes_of(const Names *n, const char *list) {
	for (CodeTable *t = n->codes; t; t = t->next)
		if (strcmp(t->list, list) == 0)
			return t;
	return NULL;
}

static bool is_safe(Ctx *c, Arena *a, const char *list, const CodeItems *items, size_t at) {
	Str name = items->at[at]->name, folded = text_fold(a, name);
	if (str_find_char(name, ',') >= 0 || str_find_char(name, ';') >= 0 || codelist_find(c, list, name))
		return false;
	for (size_t i = 0; i < items->len; i++)
		if (i != at && str_eq(text_fold(a, items->at[i]->name), folded))
			return false;
	return folded.len > 0;
}

static Err load_codes(Names *n, const char *list) {
	if (codes_of(n, list))
		return OK;
	CodeItems  items;
	CodeTable *t = NEW(n->work, CodeTable, .next = n->codes, .list = list);
	TRY(codelist_items(n->c, list, n->c->today, &items));
	for (size_t i = 0; i < items.len; i++)
		*ARENA_PUSH(n->work, t->at, t->len, t->cap) = (CodeName){
			.code = str_dup(n->work, items.at[i]->code), .name = str_dup(n->work, items.at[i]->name), .safe = is_safe(n->c, n->work, list, &items, i)};
	n->codes = t;
	return OK;
}

/* `read_back`: only what import takes for this code. */
static Str name_of_code(const Names *n, const char *list, Str code, bool read_back) {
	const CodeTable *t = codes_of(n, list);
	for (size_t i = 0; t && i < t->len; i++)
		if (str_eq(t->at[i].code, code))
			return t->at[i].safe || !read_back ? t->at[i].name : code;
	return code;
}

static Str join_codes(const Names *n, Arena *a, const Field *f, const Strs *codes, bool read_back) {
	Strs names = {0};
	for (size_t i = 0; i < codes->len; i++)
		strs_add(a, &names, name_of_code(n, f->codelist, codes->at[i], read_back));
	return str_join(a, S(", "), names);
}

Str names_of_codes(const Names *n, Arena *a, const Field *f, const void *row) {
	const void *p = field_in(f, row);
	return f->type == TYPE_CODES ? join_codes(n, a, f, p, true) : name_of_code(n, f->codelist, *(const Str *)p, true);
}

/* ---- rows that are referred to ---- */

static RefTable *refs_of(const Names *n, const Entity *e) {
	for (RefTable *t = n->refs; t; t = t->next)
		if (t->e == e)
			return t;
	return NULL;
}

static Str entry_key(const RefTable *t, const RefEntry *e) { return str_of(t->text.ptr + e->at, e->key_len); }
static Str entry_title(const RefTable *t, const RefEntry *e) { return str_of(t->text.ptr + e->at + e->key_len, e->title_len); }

static u64 hash_id(Id id) { return (u64)id * UINT64_C(0x9E3779B97F4A7C15) >> 17; }

static RefEntry *find_id(const RefTable *t, Id id) {
	for (size_t i = t->size ? hash_id(id) % t->size : 0; t->size && t->by_id[i]; i = (i + 1) % t->size)
		if (t->at[t->by_id[i] - 1].id == id)
			return &t->at[t->by_id[i] - 1];
	return NULL;
}

static RefEntry *find_key(const RefTable *t, Str key, size_t *slot) {
	size_t i = t->size ? fast_hash(key) % t->size : 0;
	for (; t->size && t->by_key[i]; i = (i + 1) % t->size)
		if (str_eq(entry_key(t, &t->at[t->by_key[i] - 1]), key))
			break;
	*slot = i;
	return t->size && t->by_key[i] ? &t->at[t->by_key[i] - 1] : NULL;
}

static void make_index(RefTable *t, Arena *a) {
	t->size = t->len * 2 + 1;
	t->by_id = NEW_ARRAY(a, u32, t->size);
	t->by_key = NEW_ARRAY(a, u32, t->size);
	for (size_t k = 0; k < t->len; k++) {
		size_t i = hash_id(t->at[k].id) % t->size, slot;
		while (t->by_id[i])
			i = (i + 1) % t->size;
		t->by_id[i] = (u32)k + 1;
		RefEntry *same = find_key(t, entry_key(t, &t->at[k]), &slot);
		if (same) {
			same->flags |= DOUBLED;
			t->at[k].flags |= DOUBLED;
		} else {
			t->by_key[slot] = (u32)k + 1;
		}
	}
}

/* A value as part of the text that names its row. */
static Str part_of_title(const Names *n, Arena *a, const Field *f, const void *row) {
	if (field_is_blank(f, row))
		return S("");
	if (f->type == TYPE_REF)
		return names_title(n, f, *(const Id *)field_in(f, row));
	if (f->type == TYPE_CODE)
		return name_of_code(n, f->codelist, *(const Str *)field_in(f, row), false);
	return field_is_text(f) ? *(const Str *)field_in(f, row) : field_machine(a, f, row);
}

static Str whole_key(const Names *n, Arena *a, const Entity *e, const void *row) {
	KeyFields key = entity_key(e);
	Strs      parts = {0};
	bool      any = false;
	for (size_t i = 0; i < key.len; i++) {
		Str part = text_clean(a, names_data(n, a, key.at[i], row));
		any = any || part.len;
		strs_add(a, &parts, part);
	}
	return any ? str_join(a, S("/"), parts) : S("");
}

typedef struct Loading {
	Names    *n;
	RefTable *t;
	Arena     scratch;
} Loading;

bool is_held_back(const Entity *e, const void *row) {
	return e->held_back && *(const bool *)field_in(entity_field(e, str_c(e->held_back)), row);
}

static Err add_entry(void *arg, void *row) {
	Loading  *l = arg;
	RefTable *t = l->t;
	const Field *title_field = title_of(t->e);
	arena_reset(&l->scratch);
	Str key = whole_key(l->n, &l->scratch, t->e, row);
	Str title = title_field ? utf8_first(part_of_title(l->n, &l->scratch, title_field, row), 200) : S("");
	*ARENA_PUSH(l->n->work, t->at, t->len, t->cap) = (RefEntry){
		.id = ((EntityHead *)row)->id, .at = (u32)t->text.len, .key_len = (u32)key.len, .title_len = (u32)title.len,
		.flags = (key.len == 0 || key.ptr[0] == '#' ? DOUBLED : 0) | (is_held_back(t->e, row) ? HELD_BACK : 0)};
	buf_str(&t->text, key);
	buf_str(&t->text, title);
	return OK;
}

static void free_refs(void *arg) {
	RefTable *t = arg;
	buf_free(&t->text);
}

static Err load_refs(Names *n, const Entity *e) {
	if (refs_of(n, e))
		return OK;
	RefTable *t = NEW(n->work, RefTable, .next = n->refs, .e = e, .loading = true);
	arena_defer(n->work, free_refs, t);
	n->refs = t;
	KeyFields key = entity_key(e);
	CHECK(++n->depth < MAX_DEPTH);
	for (size_t i = 0; i < key.len; i++)
		TRY(names_load(n, key.at[i]));
	if (title_of(e))
		TRY(names_load(n, title_of(e)));
	n->depth--;
	if (e->is_public || may(n->c, e->read)) {            /* others are numbers only */
		Loading   l = {.n = n, .t = t, .scratch = {.on_full = n->work->on_full}};
		ListQuery all = {.at = n->at};
		Err err = entity_each(n->c, e, &all, add_entry, &l);
		arena_free(&l.scratch);
		TRY(err);
	}
	make_index(t, n->work);
	t->loading = false;
	return OK;
}

Err names_load(Names *n, const Field *f) {
	if (f->type == TYPE_CODE || f->type == TYPE_CODES)
		return load_codes(n, f->codelist);
	return f->type == TYPE_REF ? load_refs(n, f->target) : OK;
}

static Str number_name(Arena *a, Id id) {
	return str_format(a, "#%lld", (long long)id);
}

Str names_key(const Names *n, Arena *a, const Field *f, Id id) {
	if (id == 0)
		return S("");
	const RefTable *t = refs_of(n, f->target);
	const RefEntry *e = t ? find_id(t, id) : NULL;
	return e && !(e->flags & (DOUBLED | HELD_BACK)) ? entry_key(t, e) : number_name(a, id);
}

Str names_title(const Names *n, const Field *f, Id id) {
	const RefTable *t = refs_of(n, f->target);
	const RefEntry *e = t && id ? find_id(t, id) : NULL;
	return e && !(e->flags & HELD_BACK) ? entry_title(t, e) : (Str){0};
}

/* A name as it is written in the list; -1 when several bear it. People are not found so. */
static Id find_title(const RefTable *t, const Field *f, Str title) {
	Id found = 0;
	for (size_t i = 0; i < t->len && !f->target->is_personal; i++)
		if (!(t->at[i].flags & HELD_BACK) && str_eq(entry_title(t, &t->at[i]), title)) {
			if (found)
				return -1;
			found = t->at[i].id;
		}
	return found;
}

Id names_find(const Names *n, const Field *f, Str key) {
	const RefTable *t = refs_of(n, f->target);
	size_t slot;
	i64    id;
	if (str_starts(key, S("#")))
		return str_to_int(str_from(key, 1), &id) && find_id(t, id) ? id : 0;
	const RefEntry *e = find_key(t, key, &slot);
	if (e)
		return e->flags & DOUBLED ? -1 : e->id;
	return str_to_int(key, &id) && find_id(t, id) ? id : find_title(t, f, key);
}

bool names_key_is_title(const Field *f) {
	return f->target->key && f->target->title && strcmp(f->target->key, f->target->title) == 0;
}

/* ---- values ---- */

Str names_data(const Names *n, Arena *a, const Field *f, const void *row) {
	return f->type == TYPE_REF ? names_key(n, a, f, *(const Id *)field_in(f, row)) : field_machine(a, f, row);
}

Str names_people(const Names *n, Arena *a, const Field *f, const void *row) {
	if (field_is_blank(f, row))
		return S("");
	if (f->type == TYPE_CODE)
		return name_of_code(n, f->codelist, *(const Str *)field_in(f, row), false);
	if (f->type == TYPE_CODES)
		return join_codes(n, a, f, field_in(f, row), false);
	if (f->type != TYPE_REF)
		return field_people(n->c, f, row);
	Id  id = *(const Id *)field_in(f, row);
	Str key = names_key(n, a, f, id), title = names_title(n, f, id);
	return title.len == 0 || str_eq(key, title) ? key : str_format(a, "%.*s (%.*s)", STR_ARG(title), STR_ARG(key));
}
