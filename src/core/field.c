/* field.c: values of fields by their type: blank, equal, text out, text in. The only switch over field types besides the
 * store's two (columns in and out). */
#include "base/format.h"
#include "base/text.h"
#include "core/codelist.h"
#include "core/entity.h"

const Field *entity_field(const Entity *e, Str name) {
	for (size_t i = 0; i < e->field_count; i++)
		if (str_eq(str_c(e->fields[i].name), name))
			return &e->fields[i];
	return NULL;
}

bool field_is_blank(const Field *f, const void *row) {
	const void *p = field_in(f, row);
	switch (f->type) {
	case TYPE_BOOL:
		return false;
	case TYPE_DATE:
		return !date_is(*(const Date *)p);
	case TYPE_INSTANT:
		return ((const Instant *)p)->ms == 0;
	case TYPE_REF:
		return *(const Id *)p == 0;
	case TYPE_INT:
	case TYPE_MONEY:
	case TYPE_FTE:
	case TYPE_PERCENT:
		return *(const i64 *)p == BLANK;
	case TYPE_CODES:
		return ((const Strs *)p)->len == 0;
	default:
		return ((const Str *)p)->len == 0;
	}
}

/* Two sets of codes: order does not matter, doubles do not occur. */
static bool same_codes(const Strs *x, const Strs *y) {
	if (x->len != y->len)
		return false;
	for (size_t i = 0; i < x->len; i++) {
		bool found = false;
		for (size_t j = 0; j < y->len && !found; j++)
			found = str_eq(x->at[i], y->at[j]);
		if (!found)
			return false;
	}
	return true;
}

bool field_equal(const Field *f, const void *x, const void *y) {
	const void *p = field_in(f, x), *q = field_in(f, y);
	switch (f->type) {
	case TYPE_BOOL:
		return *(const bool *)p == *(const bool *)q;
	case TYPE_DATE:
		return date_eq(*(const Date *)p, *(const Date *)q);
	case TYPE_INSTANT:
	case TYPE_REF:
	case TYPE_INT:
	case TYPE_MONEY:
	case TYPE_FTE:
	case TYPE_PERCENT:
		return *(const i64 *)p == *(const i64 *)q;
	case TYPE_CODES:
		return same_codes(p, q);
	default:
		return str_eq(*(const Str *)p, *(const Str *)q);
	}
}

void *entity_new(Arena *a, const Entity *e) {
	void *row = arena_alloc(a, e->size);
	for (size_t i = 0; i < e->field_count; i++) {
		const Field *f = &e->fields[i];
		if (f->type == TYPE_INT || f->type == TYPE_MONEY || f->type == TYPE_FTE || f->type == TYPE_PERCENT)
			*(i64 *)field_at(f, row) = BLANK;
	}
	return row;
}

void *entity_copy(Arena *a, const Entity *e, const void *row) {
	return arena_copy(a, row, e->size);
}

/* ---- out ---- */

static Str decimal(Arena *a, i64 n) {
	u64 u = n < 0 ? 0 - (u64)n : (u64)n;
	return str_format(a, "%s%llu.%02llu", n < 0 ? "-" : "", (unsigned long long)(u / 100), (unsigned long long)(u % 100));
}

Str field_machine(Arena *a, const Field *f, const void *row) {
	if (field_is_blank(f, row))
		return S("");
	const void *p = field_in(f, row);
	char        iso[INSTANT_ISO_LEN];
	switch (f->type) {
	case TYPE_BOOL:
		return *(const bool *)p ? S("1") : S("0");
	case TYPE_DATE:
		return str_dup(a, date_iso(*(const Date *)p, iso));
	case TYPE_INSTANT:
		return str_dup(a, instant_iso(*(const Instant *)p, iso));
	case TYPE_INT:
	case TYPE_REF:
		return str_format(a, "%lld", (long long)*(const i64 *)p);
	case TYPE_MONEY:
	case TYPE_FTE:
	case TYPE_PERCENT:
		return decimal(a, *(const i64 *)p);
	case TYPE_CODES:
		return str_join(a, S(","), *(const Strs *)p);
	default:
		return *(const Str *)p;
	}
}

static Str names_of_codes(Ctx *c, const Field *f, const Strs *codes) {
	Strs names = {0};
	for (size_t i = 0; i < codes->len; i++)
		strs_add(c->arena, &names, codelist_name(c, f->codelist, codes->at[i]));
	return str_join(c->arena, S(", "), names);
}

static Str title_of_ref(Ctx *c, const Field *f, Id id) {
	void  *row;
	size_t said = c->problems.len;
	if (entity_get(c, f->target, TODAY, id, &row) != OK) {
		c->problems.len = said;              /* an ended or hidden row has no title here; that is no error of this page */
		return str_format(c->arena, "č. %lld", (long long)id);
	}
	const Field *title = f->target->title ? entity_field(f->target, str_c(f->target->title)) : NULL;
	return title ? field_people(c, title, row) : str_format(c->arena, "%s č. %lld", f->target->one, (long long)id);
}

/* A number that can only be a year is written as one: 2027, not 2 027. */
static bool is_year(const Field *f) {
	return f->min >= 1000 && f->max <= 9999 && f->max > f->min;
}

Str field_people(Ctx *c, const Field *f, const void *row) {
	if (field_is_blank(f, row))
		return S("");
	const void *p = field_in(f, row);
	CLEANUP(buf_free) Buf b = {0};
	switch (f->type) {
	case TYPE_BOOL:
		return *(const bool *)p ? S("ano") : S("ne");
	case TYPE_DATE:
		fmt_date(&b, *(const Date *)p);
		break;
	case TYPE_INSTANT:
		fmt_instant(&b, *(const Instant *)p);
		break;
	case TYPE_INT:
		if (is_year(f))
			buf_format(&b, "%lld", (long long)*(const i64 *)p);
		else
			fmt_int(&b, *(const i64 *)p);
		break;
	case TYPE_MONEY:
		fmt_money(&b, *(const Money *)p);
		break;
	case TYPE_FTE:
		fmt_fte(&b, *(const Fte *)p);
		break;
	case TYPE_PERCENT:
		fmt_percent(&b, *(const Percent *)p);
		break;
	case TYPE_PHONE:
		fmt_phone(&b, *(const Str *)p);
		break;
	case TYPE_POSTCODE:
		fmt_postcode(&b, *(const Str *)p);
		break;
	case TYPE_CODE:
		return codelist_name(c, f->codelist, *(const Str *)p);
	case TYPE_CODES:
		return names_of_codes(c, f, p);
	case TYPE_PAIRS:
		return f->pairs->people(c, *(const Str *)p);
	case TYPE_REF:
		return title_of_ref(c, f, *(const Id *)p);
	default:
		return *(const Str *)p;
	}
	Str s = buf_take(&b, c->arena);
	buf_free(&b);
	return s;
}

/* ---- in ---- */

static Err read_bool(Ctx *c, const Field *f, Str typed, bool *ret) {
	Str t = text_fold(c->arena, typed);
	if (str_eq(t, S("")) || str_eq(t, S("ne")) || str_eq(t, S("0")) || str_eq(t, S("false"))) {
		*ret = false;
		return OK;
	}
	if (str_eq(t, S("ano")) || str_eq(t, S("1")) || str_eq(t, S("true")) || str_eq(t, S("on"))) {
		*ret = true;
		return OK;
	}
	return fail(c, ERR_INVALID, f->name, "%s: zapište „ano“ nebo „ne“.", f->label);
}

/* A code, or the name of an item as people's files have it. */
static Err read_code(Ctx *c, const Field *f, Str typed, Str *ret) {
	typed = str_trim(typed);
	*ret = (Str){0};
	if (str_empty(typed))
		return OK;
	if (codelist_find(c, f->codelist, typed)) {
		*ret = str_dup(c->arena, typed);
		return OK;
	}
	CodeItems items;
	TRY(codelist_items(c, f->codelist, c->today, &items));
	Str folded = text_fold(c->arena, typed);
	for (size_t i = 0; i < items.len; i++)
		if (str_eq(text_fold(c->arena, items.at[i]->name), folded)) {
			*ret = items.at[i]->code;
			return OK;
		}
	return fail(c, ERR_INVALID, f->name, "%s: hodnotu „%.*s“ číselník nezná. Vyberte jednu z nabídky.", f->label, STR_ARG(utf8_first(typed, 60)));
}

static Err read_codes(Ctx *c, const Field *f, Str typed, Strs *ret) {
	*ret = (Strs){0};
	while (!str_empty(str_trim(typed))) {
		Str one;
		TRY(read_code(c, f, str_cut(&typed, ','), &one));
		bool known = str_empty(one);
		for (size_t i = 0; i < ret->len && !known; i++)
			known = str_eq(ret->at[i], one);
		if (!known)
			strs_add(c->arena, ret, one);
	}
	return OK;
}

/* The value of the target's key ("51" or "26404567"), a number of the row, or its name. */
static Err read_ref(Ctx *c, const Field *f, Str typed, Id *ret) {
	typed = str_trim(typed);
	*ret = 0;
	if (str_empty(typed))
		return OK;
	void  *row;
	i64    id;
	size_t said = c->problems.len;
	const char *key = f->target->key;
	if (key && !strchr(key, ',') && entity_find(c, f->target, TODAY, key, typed, &row) == OK) {
		*ret = ((EntityHead *)row)->id;
		return OK;
	}
	c->problems.len = said;
	if (str_to_int(typed, &id) && entity_get(c, f->target, TODAY, id, &row) == OK) {
		*ret = id;
		return OK;
	}
	c->problems.len = said;
	return ref_read_name(c, f, typed, ret);
}

static Err read_number(Ctx *c, const Field *f, Str typed, i64 *ret) {
	const char *why = NULL;
	bool        fine;
	switch (f->type) {
	case TYPE_INT:
		fine = read_int(typed, ret, &why);
		break;
	case TYPE_MONEY:
		fine = read_money(typed, (Money *)ret, &why);
		break;
	case TYPE_PERCENT:
		fine = read_percent(typed, (Percent *)ret, &why);
		break;
	default:
		fine = read_decimal(typed, 2, ret, &why);
	}
	return fine ? OK : fail(c, ERR_INVALID, f->name, "%s: %s", f->label, why);
}

static Err read_instant(Ctx *c, const Field *f, Str typed, Instant *ret) {
	*ret = (Instant){0};
	if (str_empty(str_trim(typed)) || instant_read_iso(str_trim(typed), ret))
		return OK;
	return fail(c, ERR_INVALID, f->name, "%s: zapište okamžik ve tvaru 2025-01-31T12:00:00.000Z.", f->label);
}

static Err read_text(Ctx *c, const Field *f, Str typed, Str *ret) {
	if (!text_acceptable(typed))
		return fail(c, ERR_INVALID, f->name, "%s: text obsahuje znaky, které se nedají uložit. Přepište jej.", f->label);
	Str s = f->type == TYPE_LONGTEXT ? text_clean_lines(c->arena, typed) : text_clean(c->arena, typed);
	if (f->type == TYPE_ICO && s.len) {
		Str whole = ico_complete(c->arena, s);
		s = whole.len ? whole : s;
	}
	if (f->type == TYPE_POSTCODE)
		s = str_replace(c->arena, s, S(" "), S(""));
	*ret = s;
	return OK;
}

Err field_read(Ctx *c, const Field *f, Str typed, void *row) {
	void       *p = field_at(f, row);
	const char *why;
	switch (f->type) {
	case TYPE_BOOL:
		return read_bool(c, f, typed, p);
	case TYPE_DATE:
		return read_date(typed, p, &why) ? OK : fail(c, ERR_INVALID, f->name, "%s: %s", f->label, why);
	case TYPE_INSTANT:
		return read_instant(c, f, typed, p);
	case TYPE_INT:
	case TYPE_MONEY:
	case TYPE_FTE:
	case TYPE_PERCENT:
		return read_number(c, f, typed, p);
	case TYPE_CODE:
		return read_code(c, f, typed, p);
	case TYPE_CODES:
		return read_codes(c, f, typed, p);
	case TYPE_PAIRS:
		return f->pairs->read(c, f, str_trim(typed), p);
	case TYPE_REF:
		return read_ref(c, f, typed, p);
	default:
		return read_text(c, f, typed, p);
	}
}
