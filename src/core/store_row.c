/* store_row.c: a struct and its columns, by the types of the field table. */
#include <stdlib.h>

#include "base/text.h"
#include "core/store_sql.h"

static size_t head_values(const Entity *e, const EntityHead *h, DbValue *to) {
	to[0] = V(h->id);
	to[1] = V(h->version);
	if (!e->dated)
		return 2;
	to[2] = V(h->row);
	to[3] = V(h->valid_from);
	to[4] = V(h->valid_to);
	to[5] = V(h->recorded_from);
	to[6] = V(h->recorded_to);
	return 7;
}

static DbValue value_of(const Field *f, const void *p) {
	switch (f->type) {
	case TYPE_BOOL:
		return V(*(const bool *)p);
	case TYPE_DATE:
		return V(*(const Date *)p);
	case TYPE_INSTANT:
		return V(*(const Instant *)p);
	case TYPE_REF:
		return *(const Id *)p ? V(*(const Id *)p) : db_value_null();
	case TYPE_INT:
	case TYPE_MONEY:
	case TYPE_FTE:
	case TYPE_PERCENT:
		return V(*(const i64 *)p);
	default:
		return db_value_text(*(const Str *)p);
	}
}

static Strs split_codes(Arena *a, Str joined) {
	Strs codes = {0};
	while (joined.len)
		strs_add(a, &codes, str_cut(&joined, ','));
	return codes;
}

/* By codes, however the row was filled: as the link tables give them. */
static int by_code(const void *x, const void *y) {
	Str a = *(const Str *)x, b = *(const Str *)y;
	return str_cmp(str_cut(&a, '='), str_cut(&b, '='));
}

static Str joined(Arena *a, const Field *f, const void *p) {
	Strs all = {0};
	if (f->type == TYPE_CODES) {
		const Strs *codes = p;
		for (size_t i = 0; i < codes->len; i++)
			strs_add(a, &all, codes->at[i]);
	} else {
		all = split_codes(a, *(const Str *)p);
	}
	if (all.len > 1)
		qsort(all.at, all.len, sizeof *all.at, by_code);
	return str_join(a, S(","), all);
}

size_t row_values(Arena *a, const Entity *e, const void *row, DbValue *to, size_t room) {
	size_t n = head_values(e, row, to);
	for (size_t i = 0; i < e->field_count; i++) {
		const Field *f = &e->fields[i];
		const void  *p = field_in(f, row);
		CHECK(n + 3 <= room);
		if (field_is_linked(f)) {
			if (e->joined)
				to[n++] = V(joined(a, f, p));
			continue;
		}
		to[n++] = value_of(f, p);
		if (field_has_sort_key(f))
			to[n++] = db_value_bytes(text_sort_key(a, *(const Str *)p));
		if (field_has_fold(f))
			to[n++] = V(text_fold(a, *(const Str *)p));
	}
	return n;
}

void column_read(Arena *a, const Field *f, Rows *rows, int col, void *p) {
	switch (f->type) {
	case TYPE_BOOL:
		*(bool *)p = col_bool(rows, col);
		break;
	case TYPE_DATE:
		*(Date *)p = col_date(rows, col);
		break;
	case TYPE_INSTANT:
		*(Instant *)p = col_instant(rows, col);
		break;
	case TYPE_REF:
		*(Id *)p = col_null(rows, col) ? 0 : col_int(rows, col);
		break;
	case TYPE_INT:
	case TYPE_MONEY:
	case TYPE_FTE:
	case TYPE_PERCENT:
		*(i64 *)p = col_int(rows, col);
		break;
	case TYPE_CODES:
		*(Strs *)p = split_codes(a, str_dup(a, col_text(rows, col)));
		break;
	default:
		*(Str *)p = a ? str_dup(a, col_text(rows, col)) : col_text(rows, col);
	}
}

void *row_read(Arena *a, const Entity *e, Rows *rows) {
	void       *row = arena_alloc(a, e->size);
	EntityHead *h = row;
	h->id = col_int(rows, 0);
	h->version = col_int(rows, 1);
	int col = 2;
	if (e->dated) {
		h->row = col_int(rows, 2);
		h->valid_from = col_date(rows, 3);
		h->valid_to = col_date(rows, 4);
		h->recorded_from = col_instant(rows, 5);
		h->recorded_to = col_instant(rows, 6);
		col = 7;
	}
	for (size_t i = 0; i < e->field_count; i++)
		column_read(a, &e->fields[i], rows, col++, field_at(&e->fields[i], row));
	return row;
}
