/* page.c: fills the frame of UX § 4 from the request, the person and the modules' menus. */
#include "assets.h"
#include "core/notice.h"
#include "web/module.h"
#include "web/frame.h"
#include "web/frame.html.h"
#include "web/inside.h"
#include "web/parts.html.h"

/* The two homes are current only themselves; other items also on the pages below them. */
static bool is_current(Str href, Str path) {
	return str_eq(href, path) || (href.len > 1 && !str_eq(href, S("/app")) && str_starts(path, href) && path.len > href.len && path.ptr[href.len] == '/');
}

static void add_link(Arena *a, Links *list, const char *label, Str href, Str path) {
	*ARENA_PUSH(a, list->at, list->len, list->cap) = (LinkView){.label = str_c(label), .href = href, .current = is_current(href, path)};
}

static bool is_shown(Req *r, const MenuItem *item, bool is_public) {
	return item->is_public == is_public && may(r->c, item->capability);
}

enum { MENU_ROW = 12 };                          /* entries that one row of a menu holds; with more, some stand below those they belong to */

typedef struct MenuItems {
	const MenuItem *at[64];
	size_t          len;
} MenuItems;

/* Items of all modules in the order of their positions. Signed-in people inside /app get their own menu, elsewhere the public one. */
static MenuItems menu_items(Req *r, bool is_public) {
	MenuItems         m = {0};
	const WebOptions *o = web_options();
	for (size_t i = 0; i < o->module_count; i++)
		for (size_t k = 0; k < o->modules[i]->menu_count && m.len < LEN(m.at); k++)
			if (is_shown(r, &o->modules[i]->menu[k], is_public)) {
				size_t at = m.len++;
				for (; at && m.at[at - 1]->position > o->modules[i]->menu[k].position; at--)
					m.at[at] = m.at[at - 1];
				m.at[at] = &o->modules[i]->menu[k];
			}
	return m;
}

/* The item that `item` stands below; itself when it has none, or one that this person does not see. */
static const MenuItem *section_of(const MenuItems *m, const MenuItem *item) {
	for (size_t i = 0; item->under && i < m->len; i++)
		if (str_eq(str_c(m->at[i]->href), str_c(item->under)))
			return m->at[i];
	return item;
}

/* How near above the path the item stands: the longer its address, or one that belongs to it, the nearer; its own wins. 0 = elsewhere. */
static size_t item_reach(const MenuItem *item, Str path) {
	size_t best = is_current(str_c(item->href), path) ? 2 * strlen(item->href) + 1 : 0;
	Str    rest = str_c(item->also ? item->also : "");
	while (rest.len) {
		Str href = str_cut(&rest, ' ');
		best = 2 * href.len > best && is_current(href, path) ? 2 * href.len : best;
	}
	return best;
}

/* Where the reader is: the item whose address is the longest above the path, else the one that a crumb names. */
static const MenuItem *item_here(const MenuItems *m, Str path, const Links *crumbs) {
	const MenuItem *here = NULL;
	size_t          best = 0;
	for (size_t i = 0; i < m->len; i++) {
		size_t reach = item_reach(m->at[i], path);
		here = reach > best ? m->at[i] : here;
		best = reach > best ? reach : best;
	}
	for (size_t i = 1; !here && i < crumbs->len; i++)                /* 0 is home */
		for (size_t k = 0; k < m->len && !here; k++)
			here = str_eq(str_c(m->at[k]->href), crumbs->at[i].href) ? m->at[k] : NULL;
	return here;
}

static void add_item(Arena *a, Links *list, const MenuItem *item, bool current) {
	*ARENA_PUSH(a, list->at, list->len, list->cap) = (LinkView){.label = str_c(item->label), .href = str_c(item->href), .current = current};
}

/* A page below an item of the menu has it among its crumbs, after home, also when it did not say so. */
static void add_item_crumb(Req *r, FrameView *f, const MenuItem *here) {
	Str href = str_c(here->href);
	if (!f->crumbs.len || str_eq(href, r->http->path) || str_eq(href, f->crumbs.at[0].href))
		return;
	for (size_t i = 0; i < f->crumbs.len; i++)
		if (str_eq(f->crumbs.at[i].href, href))
			return;
	Links was = f->crumbs;
	f->crumbs = (Links){0};
	for (size_t i = 0; i < was.len; i++) {
		*ARENA_PUSH(r->c->arena, f->crumbs.at, f->crumbs.len, f->crumbs.cap) = was.at[i];
		if (i == 0)
			*ARENA_PUSH(r->c->arena, f->crumbs.at, f->crumbs.len, f->crumbs.cap) = (LinkView){.label = str_c(here->label), .href = href};
	}
}

/* A long menu shows its sections, and in a second row what belongs to the section where the reader is. */
static void add_menu(Req *r, FrameView *f, bool is_public) {
	MenuItems       m = menu_items(r, is_public);
	const MenuItem *here = item_here(&m, r->http->path, &f->crumbs), *section = here ? section_of(&m, here) : NULL;
	bool            is_long = m.len > MENU_ROW;
	for (size_t i = 0; i < m.len; i++) {
		const MenuItem *item = m.at[i], *of = section_of(&m, item);
		if (!is_long || of == item)
			add_item(r->c->arena, &f->nav, item, item == here || item == section);
		else if (of == section)
			add_item(r->c->arena, &f->subnav, item, item == here);
	}
	if (section && f->subnav.len)
		f->section = str_c(section->label);
	if (here)
		add_item_crumb(r, f, here);
}

static Str role_titles(Req *r) {
	Arena *a = r->c->arena;
	Strs   titles = {0};
	for (size_t i = 0; i < r->c->actor->grant_count && i < 2; i++) {
		const Role *role = access_role(r->c->actor->grants[i].role);
		if (role)
			strs_add(a, &titles, str_c(role->title));
	}
	if (r->c->actor->organisation_name.len)
		strs_add(a, &titles, r->c->actor->organisation_name);
	return str_join(a, S(", "), titles);
}

static FootColumn column(Arena *a, const char *title, const LinkView *links, size_t n) {
	FootColumn f = {.title = str_c(title)};
	for (size_t i = 0; i < n; i++)
		if (links[i].label.len)
			*ARENA_PUSH(a, f.links.at, f.links.len, f.links.cap) = links[i];
	return f;
}

static void add_foot(Req *r, FrameView *f) {
	Arena *a = r->c->arena;
	Str    phone = setting_text(r->c, "region.phone"), email = setting_text(r->c, "region.email");
	LinkView contact[] = {
		{.label = setting_text(r->c, "region.department")},
		{.label = phone.len ? str_cat(a, S("Telefon\u00a0"), phone_link(a, phone).label) : (Str){0}, .href = phone_link(a, phone).href},
		{.label = email, .href = str_cat(a, S("mailto:"), email)},
		{.label = S("Všechny kontakty"), .href = S("/kontakt")},
	};
	LinkView plans[] = {{.label = S("Jak se služby plánují"), .href = S("/planovani")}, {.label = S("Jak se zapojit"), .href = S("/planovani/zapojit-se")},
	                    {.label = S("Veřejná projednání"), .href = S("/projednani")}, {.label = S("Projekty"), .href = S("/projekty")}};
	LinkView data[] = {{.label = S("Otevřená data a API"), .href = S("/data")}, {.label = S("Pravidla výpočtů"), .href = S("/pravidla")},
	                   {.label = S("Usnesení"), .href = S("/usneseni")},
	                   {.label = S("Nástěnka oznámení"), .href = S("/oznameni")}, {.label = S("Mapa stránek"), .href = S("/mapa-stranek")}};
	LinkView about[] = {{.label = S("Nápověda"), .href = S("/napoveda")}, {.label = S("Prohlášení o přístupnosti"), .href = S("/pristupnost")},
	                    {.label = S("Zpracování osobních údajů"), .href = S("/osobni-udaje")}, {.label = S("Informace o cookies"), .href = S("/cookies")}};
	*ARENA_PUSH(a, f->foot.at, f->foot.len, f->foot.cap) = column(a, "Kontakt", contact, LEN(contact));
	*ARENA_PUSH(a, f->foot.at, f->foot.len, f->foot.cap) = column(a, "Plánování", plans, LEN(plans));
	*ARENA_PUSH(a, f->foot.at, f->foot.len, f->foot.cap) = column(a, "Data a dokumenty", data, LEN(data));
	*ARENA_PUSH(a, f->foot.at, f->foot.len, f->foot.cap) = column(a, "O webu", about, LEN(about));
	for (size_t i = 0; i < LEN(about); i++)
		*ARENA_PUSH(a, f->foot_links.at, f->foot_links.len, f->foot_links.cap) = about[i];
}

static void add_crumbs(Req *r, FrameView *f) {
	Arena *a = r->c->arena;
	if (r->is_home)
		return;
	bool inside = str_starts(r->http->path, S("/app"));
	Str  home = inside ? S("/app") : S("/");
	if (!str_eq(r->http->path, home))
		*ARENA_PUSH(a, f->crumbs.at, f->crumbs.len, f->crumbs.cap) = (LinkView){.label = inside ? S("Přehled") : S("Úvod"), .href = home};
	for (int i = 0; i < r->crumb_count; i++)
		if (!str_eq(r->crumbs[i].href, home))
			*ARENA_PUSH(a, f->crumbs.at, f->crumbs.len, f->crumbs.cap) = (LinkView){.label = r->crumbs[i].label, .href = r->crumbs[i].href};
	*ARENA_PUSH(a, f->crumbs.at, f->crumbs.len, f->crumbs.cap) = (LinkView){.label = r->title, .current = true};
}

static void add_alternates(Req *r, FrameView *f) {
	static const struct { const char *suffix, *type, *title; } known[] = {      /* JSON first: some have nothing else */
		{"json", "application/json", "Tato stránka jako JSON"},
		{"csv", "text/csv", "Tato stránka jako CSV"},
	};
	for (size_t i = 0; may_take_files(r) && i < (r->route->only_json ? 1 : LEN(known)); i++)
		*ARENA_PUSH(r->c->arena, f->alternates.at, f->alternates.len, f->alternates.cap) =
			(AlternateView){known[i].type, str_c(known[i].title), url_with_format(r, known[i].suffix)};
	if (r->feed.len)
		*ARENA_PUSH(r->c->arena, f->alternates.at, f->alternates.len, f->alternates.cap) = (AlternateView){"application/atom+xml", r->feed_title, r->feed};
}

static FrameView assets_only(void) {
	return (FrameView){.css = asset_app_css.url, .js = asset_app_js.url, .icon = asset_icon_svg.url, .home_href = S("/"),
	                   .demo = web_options()->demo};
}

/* "Upozornění (3)"; where the store fails, the page itself will say so. */
static void add_notices(Req *r, FrameView *f) {
	i64 unread = 0;
	Str label = S("Upozornění");
	if (notice_unread(r->c, &unread) == OK && unread > 0)
		label = unread < NOTICES_COUNTED ? str_format(r->c->arena, "Upozornění (%lld)", (long long)unread) : S("Upozornění (99+)");
	*ARENA_PUSH(r->c->arena, f->util.at, f->util.len, f->util.cap) =
		(LinkView){.label = label, .href = S("/app/upozorneni"), .current = str_eq(r->http->path, S("/app/upozorneni"))};
}

static void add_person(Req *r, FrameView *f) {
	Arena *a = r->c->arena;
	f->signed_in = true;
	f->who = r->c->actor->name;
	f->role = role_titles(r);
	f->account_href = S("/app/ucet");
	f->sign_out_action = S("/odhlaseni");
	f->csrf = csrf_token(r, S("/odhlaseni"));
	if (r->c->actor->viewer) {
		f->view_as = r->c->actor->name;
		f->view_as_action = S(VIEW_AS_END);
		f->view_as_csrf = csrf_token(r, S(VIEW_AS_END));
	}
	add_notices(r, f);
	if (str_starts(r->http->path, S("/app")))
		add_link(a, &f->util, "Veřejný web", S("/"), S(""));
	else
		add_link(a, &f->util, "Pracovní část", S("/app"), S(""));
	if (r->session->notice.len) {
		f->notice = NEW(a, NoteView, .kind = NOTE_OK, .text = r->session->notice, .is_result = true);
		web_options()->auth->keep_notice(r->c, r->session, (Str){0});
	}
}

/* Where the store fails, the page itself will say so. */
static void add_announcements(Req *r, FrameView *f) {
	const WebOptions *o = web_options();
	for (size_t i = 0; i < o->module_count; i++) {
		size_t said = r->c->problems.len;
		if (o->modules[i]->announce && o->modules[i]->announce(r->c, &f->announcements) != OK)
			r->c->problems.len = said;
	}
}

void frame_open(Req *r) {
	FrameView f = assets_only();
	bool      inside = r->session && str_starts(r->http->path, S("/app"));
	f.title = r->title;
	f.description = r->description;
	f.is_error = r->is_error;
	f.is_home = r->is_home;
	f.is_hidden = r->no_index || inside;
	f.refresh_s = r->refresh_s;
	f.changed = r->changed_on;
	f.region = setting_text(r->c, "region.name");
	add_announcements(r, &f);
	f.responsible = setting_text(r->c, "region.department");
	add_link(r->c->arena, &f.util, "Nápověda", S("/napoveda"), r->http->path);
	if (r->session)
		add_person(r, &f);
	else
		f.sign_in_href = S("/prihlaseni");
	add_crumbs(r, &f);
	add_menu(r, &f, !inside);
	add_alternates(r, &f);
	add_foot(r, &f);
	r->frame = NEW_ZERO(r->c->arena, FrameView);
	*(FrameView *)r->frame = f;
	view_frame_head(r->out, r->frame);
}

void frame_close(Req *r) {
	view_frame_foot(r->out, r->frame);
}

void frame_plain(Out *out, const ProblemView *v) {
	FrameView f = assets_only();
	f.title = v->title;
	f.is_hidden = true;
	view_frame_head(out, &f);
	view_problem(out, v);
	view_frame_foot(out, &f);
}
