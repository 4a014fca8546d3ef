#include "web/parts.h"

#include "core/deadline.h"

static TagKind left_kind(Instant at, bool is_first, Instant now) {
	if (is_first)
		return TAG_PLAIN;
	int days = prague_day(at).n - prague_day(now).n;
	return now.ms >= at.ms ? TAG_ERR : days <= 2 ? TAG_WARN : TAG_PLAIN;
}

DeadlineView deadline_view(Arena *a, Instant at, Str about, Str wording, Str shift, Str why, bool is_first, Instant now) {
	DeadlineView v = {.at = at, .about = about, .shift = shift, .left = deadline_left_text(a, at, is_first, now), .left_kind = left_kind(at, is_first, now)};
	v.wording = wording.len || !at.ms ? wording : deadline_wording(a, at, is_first);
	while (why.len)
		strs_add(a, &v.why, str_cut(&why, '\n'));
	return v;
}

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

bool links_have_current(Links links) {
	for (size_t i = 0; i < links.len; i++)
		if (links.at[i].current)
			return true;
	return false;
}

LinkView phone_link(Arena *a, Str phone) {
	CLEANUP(buf_free) Buf b = {0};
	if (!phone.len)
		return (LinkView){0};
	fmt_phone(&b, phone);
	Str shown = str_replace(a, buf_take(&b, a), S(" "), S("\u00a0"));   /* short numbers come as they were written */
	return (LinkView){.label = shown, .href = str_cat(a, S("tel:"), str_replace(a, str_replace(a, shown, S(" "), S("")), S("\u00a0"), S("")))};
}
