#include "assets.h"
#include "tests/test.h"
#include "tests/unit/golden.h"
#include "web/forms.html.h"
#include "web/frame.html.h"
#include "web/parts.html.h"
#include "web/tables.html.h"
#include "web/ui_page.html.h"
#include "web/ui_samples.h"

/* ---- a small reader of tags: enough to see whether a page holds together ---- */

typedef struct Page {
	Strs open;                                   /* elements that wait for their end */
	Strs ids, refs;                              /* refs: what for, aria-labelledby … point to */
	Str  wrong;                                  /* the first thing that is */
} Page;

static void note_wrong(Page *p, const char *what, Str which) {
	if (!p->wrong.len)
		p->wrong = str_format(t_arena, "%s: %.*s", what, STR_ARG(which));
}

static bool is_void(Str tag) {
	static const char *const names[] = {"input", "br", "meta", "link", "img", "hr"};
	for (size_t i = 0; i < LEN(names); i++)
		if (str_eq(tag, str_c(names[i])))
			return true;
	return false;
}

static void read_attr(Page *p, Str name, Str value) {
	if (str_eq(name, S("style")) || str_starts(name, S("on")))
		note_wrong(p, "refused by the policy", name);
	if (str_eq(name, S("id")) && str_empty(value))
		note_wrong(p, "empty", name);
	if (str_eq(name, S("id")))
		strs_add(t_arena, &p->ids, value);
	if (!str_eq(name, S("for")) && !str_eq(name, S("aria-labelledby")) && !str_eq(name, S("aria-describedby")))
		return;
	while (value.len)
		strs_add(t_arena, &p->refs, str_cut(&value, ' '));
}

static void read_attrs(Page *p, Str rest) {
	for (rest = str_trim(rest); rest.len && rest.ptr[0] != '/'; rest = str_trim(rest)) {
		size_t n = 0;
		while (n < rest.len && rest.ptr[n] != '=' && rest.ptr[n] != ' ')
			n++;
		Str name = str_first(rest, n), value = {0};
		rest = str_from(rest, n);
		if (str_starts(rest, S("=\""))) {
			rest = str_from(rest, 2);
			value = str_cut(&rest, '"');
		}
		read_attr(p, name, value);
	}
}

static void read_tag(Page *p, Str tag) {
	bool closes = str_starts(tag, S("/"));
	Str rest = str_from(tag, closes ? 1 : 0), name = str_cut(&rest, ' ');
	if (str_ends(tag, S("/")) || str_starts(tag, S("!")))
		name = S("br");
	if (!closes) {
		read_attrs(p, rest);
		if (!is_void(name))
			strs_add(t_arena, &p->open, name);
		return;
	}
	if (p->open.len == 0 || !str_eq(p->open.at[p->open.len - 1], name))
		note_wrong(p, "an end without its beginning", name);
	else
		p->open.len--;
}

/* Tags balanced, ids unique, references answered, nothing that the policy refuses. Empty when all is well. */
static Str what_is_wrong(Str html) {
	Page p = {0};
	while (html.len) {
		str_cut(&html, '<');
		if (html.len)
			read_tag(&p, str_cut(&html, '>'));
	}
	if (p.open.len)
		note_wrong(&p, "never ended", p.open.at[p.open.len - 1]);
	for (size_t i = 0; i < p.ids.len; i++)
		for (size_t k = 0; k < i; k++)
			if (str_eq(p.ids.at[i], p.ids.at[k]))
				note_wrong(&p, "twice the same id", p.ids.at[i]);
	for (size_t i = 0; i < p.refs.len; i++) {
		size_t k = 0;
		while (k < p.ids.len && !str_eq(p.refs.at[i], p.ids.at[k]))
			k++;
		if (k == p.ids.len)
			note_wrong(&p, "points to nothing", p.refs.at[i]);
	}
	return p.wrong;
}

static size_t count_of(Str html, Str part) {
	size_t n = 0;
	for (i64 at = str_find(html, part); at >= 0; at = str_find(html, part)) {
		n++;
		html = str_from(html, (size_t)at + part.len);
	}
	return n;
}

#define SHOWN(out) buf_take(&(out), t_arena)

TEST("web parts: the reader of tags sees what is wrong") {
	EQ_TEXT(what_is_wrong(S("<p>a<br>b</p>")), "");
	EQ_TEXT(what_is_wrong(S("<p><b>a</p></b>")), "an end without its beginning: p");
	EQ_TEXT(what_is_wrong(S("<ul><li>a</li>")), "never ended: ul");
	EQ_TEXT(what_is_wrong(S("<i id=\"a\"></i><i id=\"a\"></i>")), "twice the same id: a");
	EQ_TEXT(what_is_wrong(S("<label for=\"b\">x</label>")), "points to nothing: b");
	EQ_TEXT(what_is_wrong(S("<p onclick=\"x\"></p>")), "refused by the policy: onclick");
}

TEST("web parts: each component is written as its golden file says") {
	for (size_t i = 0; i < ui_sample_count; i++) {
		Out out = {0};
		ui_samples[i].show(&out);
		Str name = str_format(t_arena, "parts/%s.html", ui_samples[i].name), html = SHOWN(out);
		buf_free(&out);
		GOLDEN(str_z(t_arena, name), html);
	}
}

TEST("web parts: the page of all components holds together in both skins") {
	for (int signed_in = 0; signed_in < 2; signed_in++) {
		Out out = {0};
		ui_sample_frame(&out, signed_in, view_ui_page);
		Str html = SHOWN(out);
		buf_free(&out);
		EQ_TEXT(what_is_wrong(html), "");
		EXPECT(str_starts(html, S("<!DOCTYPE html>")));
		EQ_INT(count_of(html, S("<main")), 1);
		EQ_INT(count_of(html, S("<script")), 1);
		EXPECT(str_has(html, S("Ukázková data")));
		EXPECT(str_has(html, S("<title>Součásti – Síť sociálních služeb, Ukázkový kraj</title>")));
		EQ_INT(count_of(html, S("<form method=\"post\" action=\"/odhlaseni\">")), signed_in ? 2 : 0);
		EQ_INT(count_of(html, S("class=\"head in\"")), signed_in);
	}
}

static void frame_of(FrameView *f, Str *html) {
	Out out = {0};
	view_frame_head(&out, f);
	view_frame_foot(&out, f);
	*html = SHOWN(out);
	buf_free(&out);
}

TEST("web frame: an empty frame holds together and says nothing that it does not know") {
	Str html;
	frame_of(&(FrameView){.title = S("Nic")}, &html);
	EQ_TEXT(what_is_wrong(html), "");
	EXPECT(str_has(html, S("<title>Nic – Síť sociálních služeb</title>")));
	EXPECT(!str_has(html, S("Ukázková data")) && !str_has(html, S("Poslední změna")) && !str_has(html, S("Přihlásit se")));
	frame_of(&(FrameView){.title = S("Nic"), .is_home = true, .is_error = true}, &html);
	EQ_TEXT(what_is_wrong(html), "");
	EXPECT(str_has(html, S("<title>Chyba: Nic")));
}

TEST("web parts: what people wrote stays text") {
	Out out = {0};
	Str hostile = S("\"><script>alert(1)</script>");
	view_field(&out, &(FieldView){.name = S("a"), .label = hostile, .hint = hostile, .error = hostile, .value = hostile});
	view_field(&out, &(FieldView){.kind = FIELD_AREA, .name = S("b"), .label = S("B"), .value = S("</textarea><script>")});
	view_links(&out, (Links)LIST_OF(LinkView, {.label = hostile, .href = S("javascript:alert(1)")}));
	view_preview(&out, &(PreviewView){.table = {.id = S("n"), .caption = hostile},
		.rows = LIST_OF(PreviewRow, {.place = hostile, .cells = LIST_OF(CellView, {.before = hostile, .now = hostile, .error = hostile})})});
	Str html = SHOWN(out);
	buf_free(&out);
	EQ_TEXT(what_is_wrong(html), "");
	EXPECT(!str_has(html, S("<script")));
	EXPECT(!str_has(html, S("javascript:")));
}

static Str pages_shown(i64 page, i64 pages) {
	PagerNumbers n = pager_numbers(&(PagerView){.page = page, .pages = pages});
	Buf b = {0};
	for (size_t i = 0; i < n.len; i++)
		buf_format(&b, n.at[i] ? "%s%lld" : "%s…", i ? " " : "", (long long)n.at[i]);
	Str s = buf_take(&b, t_arena);
	buf_free(&b);
	return s;
}

TEST("web pager: the first, the last and the neighbours are shown, and a gap hides two pages at least") {
	EQ_TEXT(pages_shown(1, 1), "1");
	EQ_TEXT(pages_shown(1, 2), "1 2");
	EQ_TEXT(pages_shown(1, 8), "1 2 … 8");
	EQ_TEXT(pages_shown(4, 8), "1 2 3 4 5 … 8");
	EQ_TEXT(pages_shown(4, 7), "1 2 3 4 5 6 7");
	EQ_TEXT(pages_shown(5, 8), "1 … 4 5 6 7 8");
	EQ_TEXT(pages_shown(20, 40), "1 … 19 20 21 … 40");
	EQ_TEXT(pages_shown(40, 40), "1 … 39 40");
}

TEST("web pager: one page needs no pager") {
	Out out = {0};
	view_pager(&out, &(PagerView){.label = S("Stránky"), .base = S("/a?strana="), .page = 1, .pages = 1});
	view_key_pager(&out, &(KeyPagerView){.label = S("Stránky"), .text = S("Záznamy 1–3")});
	EQ_INT(str_trim(buf_view(&out)).len, 0);
	buf_free(&out);
}

TEST("web field: folded options open when one of them is ticked") {
	OptionView options[3] = {{.value = S("1"), .label = S("A")}, {.value = S("2"), .label = S("B")}, {.value = S("3"), .label = S("C"), .chosen = true}};
	FieldView f = {.kind = FIELD_CHECKS, .name = S("x"), .label = S("X"), .fold_after = 2, .fold_label = S("Další"), .options = {options, 3, 0}};
	EXPECT(field_fold_open(&f));
	options[2].chosen = false;
	EXPECT(!field_fold_open(&f));
}

TEST("web assets: the sheet and the script stay within the budget of a page") {
	EXPECT(asset_app_css.brotli.len > 0 && asset_app_css.brotli.len <= 8 * 1024);
	EXPECT(asset_app_js.brotli.len > 0 && asset_app_js.brotli.len <= 4 * 1024);
}
