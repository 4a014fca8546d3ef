/* entity_check.c: is a row good enough to be stored? Says every problem, not just the first. */
#include "base/format.h"
#include "core/codelist.h"
#include "core/entity.h"

static size_t text_limit(const Field *f) {
	return f->max ? (size_t)f->max : f->type == TYPE_LONGTEXT ? 10000 : 200;
}

static Err check_text(Ctx *c, const Field *f, Str s) {
	size_t n = utf8_count(s);
	if (n > text_limit(f))
		return fail(c, ERR_INVALID, f->name, "%s: text má %zu znaků, vejde se jich nejvýše %zu. Zkraťte jej.", f->label, n, text_limit(f));
	switch (f->type) {
	case TYPE_ICO:
		return ico_valid(s) ? OK : fail(c, ERR_INVALID, f->name, "%s: „%.*s“ není platné IČO. Má osm číslic a poslední z nich je kontrolní.", f->label, STR_ARG(s));
	case TYPE_EMAIL:
		return email_plausible(s) ? OK : fail(c, ERR_INVALID, f->name, "%s: zapište e-mail ve tvaru jmeno@domena.cz.", f->label);
	case TYPE_PHONE:
		return phone_plausible(s) ? OK : fail(c, ERR_INVALID, f->name, "%s: zapište číslo, například +420 485 226 111 nebo 485 226 111, linka 12.", f->label);
	case TYPE_URL:
		return url_plausible(s) ? OK : fail(c, ERR_INVALID, f->name, "%s: zapište celou adresu webu, například https://www.example.org.", f->label);
	default:
		return OK;
	}
}

static Err check_number(Ctx *c, const Field *f, i64 n) {
	if ((f->min || f->max) && (n < f->min || n > f->max) && f->type != TYPE_INT)      /* hundredths */
		return fail(c, ERR_INVALID, f->name, "%s: zapište číslo od %lld do %lld.", f->label, (long long)(f->min / 100), (long long)(f->max / 100));
	if ((f->min || f->max) && (n < f->min || n > f->max))
		return fail(c, ERR_INVALID, f->name, "%s: zapište číslo od %lld do %lld.", f->label, (long long)f->min, (long long)f->max);
	return OK;
}

static Err check_codes(Ctx *c, const Field *f, const Str *codes, size_t n) {
	for (size_t i = 0; i < n; i++)
		if (!codelist_find(c, f->codelist, codes[i]))
			return fail(c, ERR_INVALID, f->name, "%s: kód „%.*s“ číselník nezná.", f->label, STR_ARG(utf8_first(codes[i], 60)));
	return OK;
}

static Err check_field(Ctx *c, const Field *f, const void *row) {
	if (field_is_blank(f, row)) {
		if (f->required && f->type != TYPE_BOOL)
			return fail(c, ERR_INVALID, f->name, "%s: doplňte, údaj je povinný.", f->label);
		return OK;
	}
	const void *p = field_in(f, row);
	switch (f->type) {
	case TYPE_INT:
	case TYPE_MONEY:
	case TYPE_FTE:
	case TYPE_PERCENT:
		return check_number(c, f, *(const i64 *)p);
	case TYPE_CODE:
		return check_codes(c, f, p, 1);
	case TYPE_CODES:
		return check_codes(c, f, ((const Strs *)p)->at, ((const Strs *)p)->len);
	case TYPE_PAIRS:                            /* the entity's own check knows what they must sum up to */
	case TYPE_BOOL:
	case TYPE_DATE:
	case TYPE_INSTANT:
	case TYPE_REF:                              /* the store's foreign key or field_read looked already */
		return OK;
	default:
		return check_text(c, f, *(const Str *)p);
	}
}

Err entity_check(Ctx *c, const Entity *e, const void *row) {
	Err first = OK;
	for (size_t i = 0; i < e->field_count; i++) {
		Err err = check_field(c, &e->fields[i], row);
		first = first == OK ? err : first;
	}
	if (first == OK && e->check)
		first = e->check(c, row);
	return first;
}
