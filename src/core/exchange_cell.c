/* exchange_cell.c: one cell of a file into one field. */
#include "base/format.h"
#include "base/text.h"
#include "core/exchange_inside.h"

enum { MAX_MEMOS = 20000, MANY_PLACES = 14 };

/* What was read from a text in a column of codes: files say the same few texts again and again. */
typedef struct MemoItem {
	Str  error;
	Str  code;
	Strs codes;
} MemoItem;

struct Memo {
	TextMap   map;                           /* text → index + 1 */
	MemoItem *at;
	size_t    len, cap;
};

void memos_make(Judge *j) {
	j->memos = NEW_ARRAY(j->work, Memo, j->columns.len + 1);
	for (size_t i = 0; i < j->columns.len; i++)
		j->memos[i].map.arena = j->work;
}

void field_copy(const Field *f, void *to, const void *from) {
	void       *p = field_at(f, to);
	const void *q = field_in(f, from);
	switch (f->type) {
	case TYPE_BOOL:
		*(bool *)p = *(const bool *)q;
		break;
	case TYPE_DATE:
		*(Date *)p = *(const Date *)q;
		break;
	case TYPE_CODES:
		*(Strs *)p = *(const Strs *)q;
		break;
	case TYPE_INSTANT:
	case TYPE_REF:
	case TYPE_INT:
	case TYPE_MONEY:
	case TYPE_FTE:
	case TYPE_PERCENT:
		*(i64 *)p = *(const i64 *)q;
		break;
	default:
		*(Str *)p = *(const Str *)q;
	}
}

/* The sentence of a refusal becomes that of the cell. */
static Err plain(Ctx *c, const Field *f, Str raw, void *row, Str *error) {
	size_t said = c->problems.len;
	Err    err = field_read(c, f, raw, row);
	if (err == ERR_INVALID && c->problems.len > said) {
		*error = c->problems.at[said].text;
		c->problems.len = said;
	}
	return err;
}

/* Staff counts of spreadsheets have more places than two (DOMAIN G4). */
static Err rounded(Ctx *c, const Field *f, Str raw, void *row, Str *error, Str *note) {
	i64         fine;
	const char *why;
	if (!read_decimal(raw, MANY_PLACES, &fine, &why) || fine == BLANK)
		return ERR_INVALID;
	*(i64 *)field_at(f, row) = div_round(fine, INT64_C(1000000000000));
	*error = (Str){0};
	*note = str_format(c->arena, "%s: zaokrouhleno z %.*s na dvě desetinná místa.", f->label, STR_ARG(str_replace(c->arena, raw, S("."), S(","))));
	return OK;
}

static bool is_ico_key(const Entity *e) {
	KeyFields key = entity_key(e);
	return key.len == 1 && key.at[0]->type == TYPE_ICO;
}

static Err ref(Judge *j, const Field *f, Str raw, void *row, Str *error) {
	Id *to = field_at(f, row);
	*to = 0;
	Str key = text_clean(j->c->arena, raw);
	if (key.len == 0)
		return OK;
	Id id = names_find(&j->names, f, key);
	if (id == 0 && is_ico_key(f->target)) {      /* spreadsheets eat the zeros in front */
		Str whole = ico_complete(j->c->arena, key);
		id = whole.len ? names_find(&j->names, f, whole) : 0;
	}
	if (id > 0) {
		*to = id;
		return OK;
	}
	*error = id < 0 ? str_format(j->c->arena, "%s: „%.*s“ patří víc záznamům. Napište „#“ a číslo toho pravého, najdete je v jeho adrese.", f->label,
	                             STR_ARG(utf8_first(key, 60)))
	                : str_format(j->c->arena, "%s: „%.*s“ v evidenci není. Zkontrolujte zápis.", f->label, STR_ARG(utf8_first(key, 60)));
	return ERR_INVALID;
}

static void remember(Arena *a, const Field *f, const void *row, Str error, MemoItem *to) {
	*to = (MemoItem){.error = str_dup(a, error)};
	if (error.len)
		return;
	const void *p = field_in(f, row);
	if (f->type == TYPE_CODE)
		to->code = str_dup(a, *(const Str *)p);
	else
		for (size_t i = 0; i < ((const Strs *)p)->len; i++)
			strs_add(a, &to->codes, str_dup(a, ((const Strs *)p)->at[i]));
}

static Err recall(const Field *f, const MemoItem *m, void *row, Str *error) {
	if (m->error.len) {
		*error = m->error;
		return ERR_INVALID;
	}
	if (f->type == TYPE_CODE)
		*(Str *)field_at(f, row) = m->code;
	else
		*(Strs *)field_at(f, row) = m->codes;
	return OK;
}

static Err codes(Judge *j, size_t column, const Field *f, Str raw, void *row, Str *error) {
	Memo *m = &j->memos[column];
	bool  is_new = false;
	if (raw.len > 500 || m->len >= MAX_MEMOS)
		return plain(j->c, f, str_replace(j->c->arena, raw, S(";"), S(",")), row, error);
	i64 *number = text_map_at(&m->map, raw, &is_new);
	if (*number)
		return recall(f, &m->at[*number - 1], row, error);
	Err err = plain(j->c, f, f->type == TYPE_CODES ? str_replace(j->c->arena, raw, S(";"), S(",")) : raw, row, error);
	if (err == OK || err == ERR_INVALID) {
		remember(j->work, f, row, *error, ARENA_PUSH(j->work, m->at, m->len, m->cap));
		*number = (i64)m->len;
	}
	return err;
}

Err cell_read(Judge *j, size_t column, Str raw, void *row, Str *error, Str *note) {
	const Field *f = j->columns.at[column].field;
	*error = *note = (Str){0};
	switch (table_kinds(j->reader)[column]) {
	case CELL_IS_ERROR:
		*error = str_format(j->c->arena, "%s: v buňce je chyba výpočtu „%.*s“. Opravte vzorec, nebo napište hodnotu.", f->label, STR_ARG(utf8_first(raw, 20)));
		return ERR_INVALID;
	case CELL_HAS_NO_VALUE:
		*error = str_format(j->c->arena, "%s: vzorec v buňce nemá uložený výsledek. Otevřete sešit v tabulkovém programu, uložte jej a nahrajte znovu.", f->label);
		return ERR_INVALID;
	default:
		break;
	}
	if (f->type == TYPE_REF)
		return ref(j, f, raw, row, error);
	if (f->type == TYPE_CODE || f->type == TYPE_CODES)
		return codes(j, column, f, raw, row, error);
	Err err = plain(j->c, f, raw, row, error);
	return err == ERR_INVALID && f->type == TYPE_FTE && rounded(j->c, f, raw, row, error, note) == OK ? OK : err;
}
