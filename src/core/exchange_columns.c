/* exchange_columns.c: which columns a file has, and what a header means. */
#include "base/text.h"
#include "core/exchange_inside.h"

#define TITLE_SUFFIX " – název"

KeyFields entity_key(const Entity *e) {
	KeyFields k = {0};
	for (Str rest = str_c(e->key); rest.len;) {
		const Field *f = entity_field(e, str_trim(str_cut(&rest, ',')));
		CHECK(f && k.len < MAX_KEY && !field_is_linked(f));
		k.at[k.len++] = f;
	}
	return k;
}

static bool in_key(const KeyFields *k, const Field *f) {
	for (size_t i = 0; i < k->len; i++)
		if (k->at[i] == f)
			return true;
	return false;
}

bool field_readable(const Ctx *c, const Entity *e, const Field *f) {
	const char *needed = f->read ? f->read : f->secret ? e->write : NULL;
	return !needed || may(c, needed);
}

bool field_writable(const Ctx *c, const Entity *e, const Field *f) {
	return !f->readonly && field_readable(c, e, f) && may(c, f->write ? f->write : e->write);
}

/* ---- out ---- */

static void add(Arena *a, Columns *to, ColumnRole role, const Field *f) {
	*ARENA_PUSH(a, to->at, to->len, to->cap) = (Column){.role = role, .field = f};
}

static void add_field(Ctx *c, const Entity *e, Columns *to, const Field *f, bool with_titles) {
	if (!field_readable(c, e, f))
		return;
	add(c->arena, to, COLUMN_FIELD, f);
	if (with_titles && f->type == TYPE_REF && f->target->title && !names_key_is_title(f))
		add(c->arena, to, COLUMN_TITLE, f);
}

Columns columns_out(Ctx *c, const Entity *e, bool with_id, bool with_titles) {
	Columns   all = {0};
	KeyFields key = entity_key(e);
	if (with_id)
		add(c->arena, &all, COLUMN_ID, NULL);
	for (size_t i = 0; i < key.len; i++)
		add_field(c, e, &all, key.at[i], with_titles);
	for (size_t i = 0; i < e->field_count; i++)
		if (!in_key(&key, &e->fields[i]))
			add_field(c, e, &all, &e->fields[i], with_titles);
	if (e->dated) {
		add(c->arena, &all, COLUMN_FROM, NULL);
		add(c->arena, &all, COLUMN_TO, NULL);
	}
	return all;
}

Str column_label(Arena *a, const Column *column) {
	switch (column->role) {
	case COLUMN_ID:
		return S("ID");
	case COLUMN_FROM:
		return S("Platí od");
	case COLUMN_TO:
		return S("Platí do");
	case COLUMN_TITLE:
		return str_format(a, "%s" TITLE_SUFFIX, column->field->label);
	case COLUMN_NAMELESS:
		return S("");
	case COLUMN_FIELD:
		break;
	}
	return str_c(column->field->label);
}

Str column_name(Arena *a, const Column *column) {
	switch (column->role) {
	case COLUMN_ID:
		return S("id");
	case COLUMN_FROM:
		return S("valid_from");
	case COLUMN_TO:
		return S("valid_to");
	case COLUMN_TITLE:
		return str_format(a, "%s_title", column->field->name);
	case COLUMN_NAMELESS:
		return S("");
	case COLUMN_FIELD:
		break;
	}
	return str_c(column->field->name);
}

/* ---- in ---- */

static bool same_words(Arena *a, Str x, Str y) {
	return str_eq(text_fold(a, x), text_fold(a, y));
}

static bool matches(Arena *a, const Column *column, Str header) {
	return str_eq(column_name(a, column), str_lower_ascii(a, header)) || same_words(a, column_label(a, column), header);
}

/* Fields come first: one of them may be called "Platí od". */
static bool find_column(Arena *a, const Entity *e, Str header, Column *ret) {
	static const ColumnRole others[] = {COLUMN_ID, COLUMN_FROM, COLUMN_TO};
	static const ColumnRole of_fields[] = {COLUMN_FIELD, COLUMN_TITLE};
	for (size_t k = 0; k < LEN(of_fields); k++)
		for (size_t i = 0; i < e->field_count; i++) {
			*ret = (Column){.role = of_fields[k], .field = &e->fields[i]};
			if ((of_fields[k] == COLUMN_FIELD || e->fields[i].type == TYPE_REF) && matches(a, ret, header))
				return true;
		}
	for (size_t k = 0; k < LEN(others); k++) {
		*ret = (Column){.role = others[k]};
		if ((others[k] == COLUMN_ID || e->dated) && matches(a, ret, header))
			return true;
	}
	return false;
}

static bool has_column(const Columns *all, const Column *wanted) {
	for (size_t i = 0; i < all->len; i++)
		if (all->at[i].role == wanted->role && all->at[i].field == wanted->field)
			return true;
	return false;
}

static Err read_column(Ctx *c, Arena *scratch, const Entity *e, size_t i, Str header, Columns *to) {
	Column column;
	if (header.len == 0) {
		*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = (Column){.role = COLUMN_NAMELESS, .ignored = true};
		return OK;
	}
	if (!find_column(scratch, e, header, &column) || (column.field && !field_readable(c, e, column.field)))
		return fail(c, ERR_INVALID, FILE_FIELD, "Sloupec %zu „%.*s“ mezi údaji, které se mohou načíst (%s), není. Opravte nadpis, nebo sloupec smažte.", i + 1,
		            STR_ARG(utf8_first(header, 60)), e->many);
	if (has_column(to, &column))
		return fail(c, ERR_INVALID, FILE_FIELD, "Sloupec „%.*s“ je v souboru dvakrát. Nechte jen jeden.", STR_ARG(utf8_first(header, 60)));
	column.ignored = column.role == COLUMN_TITLE || column.role == COLUMN_FROM || column.role == COLUMN_TO || (column.field && column.field->readonly);
	column.may_write = column.field && field_writable(c, e, column.field);
	*ARENA_PUSH(c->arena, to->at, to->len, to->cap) = column;
	return OK;
}

Err columns_in(Ctx *c, const Entity *e, const Strs *header, Columns *ret) {
	Err first = OK;
	*ret = (Columns){0};
	Arena *scratch = work_arena(c);              /* 256 headers against all fields make many texts */
	for (size_t i = 0; i < header->len; i++) {
		Err err = read_column(c, scratch, e, i, header->at[i], ret);
		first = first == OK ? err : first;
		arena_reset(scratch);
	}
	arena_free(scratch);
	TRY(first);
	KeyFields key = entity_key(e);
	if (has_column(ret, &(Column){.role = COLUMN_ID}))
		return OK;
	for (size_t i = 0; i < key.len; i++)
		if (!has_column(ret, &(Column){.role = COLUMN_FIELD, .field = key.at[i]}))
			first = fail(c, ERR_INVALID, FILE_FIELD, "V souboru chybí sloupec „%s“, podle kterého se hledají záznamy. Doplňte jej.", key.at[i]->label);
	return first;
}
