/* pages_page.c: editable pages as the public reads them. */
#include "base/format.h"
#include "core/settings.h"
#include "domain/library/pages.html.h"
#include "domain/library/pages_page.h"

enum { CONTENTS_FROM = 4, HOLES_MAX = 12 };
#define CONTACT_MARK "<p>{kontakt}</p>"

RegionView region_view(Req *r) {
	Ctx *c = r->c;
	return (RegionView){.region = setting_text(c, "region.name"), .department = setting_text(c, "region.department"), .address = setting_text(c, "region.address"),
	                    .data_box = setting_text(c, "region.data_box"), .phone = phone_link(c->arena, setting_text(c, "region.phone")), .email = setting_text(c, "region.email"),
	                    .privacy = setting_text(c, "region.privacy")};
}

static Str long_day(Arena *a, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_date_long(&b, d);
	return buf_take(&b, a);
}

/* What the statement must say of its own age. */
static Str review_words(Arena *a, const PageText *text) {
	if (!date_is(text->reviewed))
		return S("Toto je standardní text programu; provozovatel stránek jej zatím nepotvrdil.");
	Date made = text->published_at.ms ? prague_day(text->published_at) : text->reviewed;
	if (date_eq(made, text->reviewed))
		return str_format(a, "Prohlášení bylo vypracováno %.*s.", STR_ARG(long_day(a, made)));
	return str_format(a, "Prohlášení bylo vypracováno %.*s a naposledy prověřeno %.*s.", STR_ARG(long_day(a, made)), STR_ARG(long_day(a, text->reviewed)));
}

static size_t holes_of(Req *r, const PageText *text, PageHole to[HOLES_MAX]) {
	RegionView v = region_view(r);
	Str        origin = web_options()->origin;
	PageHole   all[] = {
		{"kraj", v.region}, {"odbor", v.department}, {"adresa_uradu", v.address}, {"telefon", v.phone.label}, {"email", v.email}, {"datova_schranka", v.data_box},
		{"poverenec", v.privacy}, {"adresa_webu", origin}, {"cookie", str_starts(origin, S("https:")) ? S("__Host-sid") : S("sid")},
		{"prezkum", review_words(r->c->arena, text)},
	};
	memcpy(to, all, sizeof all);
	return LEN(all);
}

HtmlPieces static_pieces(Req *r, const PageText *text, MarkdownHeadings *headings) {
	PageHole   holes[HOLES_MAX];
	size_t     count = holes_of(r, text, holes);
	HtmlPieces pieces = {0};
	Str        rest = markdown_page(r->c->arena, page_fill(r->c->arena, text->body, holes, count), headings).markup;
	for (i64 at; (at = str_find(rest, S(CONTACT_MARK))) >= 0; rest = str_from(rest, (size_t)at + strlen(CONTACT_MARK)))
		*ARENA_PUSH(r->c->arena, pieces.at, pieces.len, pieces.cap) = (Html){str_first(rest, (size_t)at)};
	*ARENA_PUSH(r->c->arena, pieces.at, pieces.len, pieces.cap) = (Html){rest};
	return pieces;
}

static Links contents_of(Arena *a, const MarkdownHeadings *headings) {
	Links links = {0};
	for (size_t i = 0; i < headings->len; i++)
		if (headings->at[i].level == 2)
			*ARENA_PUSH(a, links.at, links.len, links.cap) = (LinkView){.label = headings->at[i].text, .href = str_cat(a, S("#"), headings->at[i].id)};
	return links.len >= CONTENTS_FROM ? links : (Links){0};
}

/* The crumb of the page above, by its address: "/planovani/zapojit-se" lies under "/planovani". */
static Err crumb_above(Req *r, Str address) {
	PageText above;
	size_t   end = address.len;
	while (end > 1 && address.ptr[end - 1] != '/')
		end--;
	if (end <= 1)
		return OK;
	size_t said = r->c->problems.len;
	Err    e = page_text_on(r->c, str_first(address, end - 1), r->c->today, &above);
	r->c->problems.len = said;
	if (e == OK)
		crumb(r, above.title, above.address);
	return e == ERR_NOT_FOUND ? OK : e;
}

static Err show(Req *r, Str address) {
	Date             on;
	PageText         text;
	MarkdownHeadings headings;
	TRY(query_date(r, "ke-dni", r->c->today, &on));
	TRY(page_text_on(r->c, address, on, &text));
	RegionView     region = region_view(r);
	StaticPageView v = {.text = &text, .region = &region};
	v.pieces = static_pieces(r, &text, &headings);
	v.contents = contents_of(r->c->arena, &headings);
	if (!date_eq(on, r->c->today)) {
		v.as_of = str_format(r->c->arena, "Text, jak platil %.*s.", STR_ARG(long_day(r->c->arena, on)));
		r->no_index = true;
	}
	if (may(r->c, CAP_LIBRARY_TEXTS))
		v.edit_href = str_format(r->c->arena, CONTENT_HOME "/stranky/%lld", (long long)text.page);
	r->changed_on = text.published_at.ms ? prague_day(text.published_at) : (Date){0};
	r->description = text.lead;
	TRY(crumb_above(r, address));
	view_static_page(page(r, text.title), &v);
	return OK;
}

Err page_static(Req *r) {
	return show(r, str_c(r->route->path));
}

Err page_static_own(Req *r) {
	return show(r, str_cat(r->c->arena, S("/stranky/"), arg(r, 0)));
}
