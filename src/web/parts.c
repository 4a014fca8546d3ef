#include "web/parts.h"

bool field_fold_open(const FieldView *f) {
	for (size_t i = f->fold_after; i < f->options.len; i++)
		if (f->options.at[i].chosen)
			return true;
	return false;
}

const char *field_width(const FieldView *f) {
	if (f->width == WIDTH_5)
		return " w5";
	if (f->width == WIDTH_10 || (f->width == WIDTH_FULL && f->kind == FIELD_DATE))
		return " w10";
	if (f->width == WIDTH_20 || f->kind == FIELD_FILE)
		return " w20";
	return "";
}

PagerNumbers pager_numbers(const PagerView *p) {
	PagerNumbers r = {0};
	i64 first = p->page - 1 > 2 ? p->page - 1 : 2, last = p->page + 1 < p->pages - 1 ? p->page + 1 : p->pages - 1;
	if (first == 3)                              /* a gap of one page is the page itself */
		first = 2;
	if (last == p->pages - 2)
		last = p->pages - 1;

	r.at[r.len++] = 1;
	if (first > 2)
		r.at[r.len++] = 0;
	for (i64 i = first; i <= last; i++)
		r.at[r.len++] = i;
	if (last < p->pages - 1)
		r.at[r.len++] = 0;
	if (p->pages > 1)
		r.at[r.len++] = p->pages;
	return r;
}

Str row_state_word(RowState s) {
	switch (s) {
	case ROW_SAME: return S("beze změny");
	case ROW_NEW: return S("nové");
	case ROW_CHANGED: return S("změna");
	case ROW_ENDED: return S("ukončeno");
	case ROW_WRONG: return S("chyba");
	}
	return S("");
}
