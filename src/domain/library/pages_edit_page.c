/* pages_edit_page.c: working pages about editable texts: the list, versions, drafts with their preview, reading through. */
#include "base/format.h"
#include "domain/library/pages.html.h"
#include "domain/library/pages_page.h"
#include "domain/library/paragraphs_page.h"

static const char *const draft_fields[] = {"title", "lead", "body", "holds_from", "note", NULL};

static Str day(Arena *a, const char *before, Date d) {
	CLEANUP(buf_free) Buf b = {0};
	buf_str(&b, str_c(before));
	fmt_date(&b, d);
	return buf_take(&b, a);
}

static Str moment(Arena *a, Instant t) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_instant(&b, t);
	return buf_take(&b, a);
}

static Str href_of(Req *r, Id page) {
	return row_href(r, &static_page_entity, page);
}

TabViews content_tabs(Req *r, const char *current) {
	static const struct { const char *label, *href, *capability; } known[] = {
		{"Stránky", CONTENT_HOME, CAP_LIBRARY_TEXTS}, {"Aktuality a oznámení", CONTENT_HOME "/aktuality", CAP_LIBRARY_TEXTS},
		{"Projekty", CONTENT_HOME "/projekty", CAP_LIBRARY_TEXTS}, {"Zdroje projektů", CONTENT_HOME "/zdroje-projektu", CAP_LIBRARY_TEXTS},
		{"Kontakty", CONTENT_HOME "/kontakty", CAP_LIBRARY_TEXTS},
		{"Zprávy o překážkách", CONTENT_HOME "/podnety", "library.feedback"},
	};
	TabViews tabs = {0};
	for (size_t i = 0; i < LEN(known); i++)
		if (may(r->c, known[i].capability))
			*ARENA_PUSH(r->c->arena, tabs.at, tabs.len, tabs.cap) =
				(TabView){.label = str_c(known[i].label), .href = str_c(known[i].href), .current = strcmp(known[i].href, current) == 0};
	return tabs;
}

/* ---- the list ---- */

static const char *section_title(Str section) {
	return str_eq(section, S("site")) ? "Povinné stránky a informace o webu" : str_eq(section, S("planning")) ? "Plánování" : "Další stránky";
}

static Err review_state(Req *r, const StaticPage *p, Str *words, TagKind *kind) {
	Date due;
	TRY(page_review_due(r->c, p, &due));
	*words = (Str){0};
	*kind = TAG_PLAIN;
	if (!date_is(due))
		return OK;
	bool late = !date_after(due, r->c->today);
	*words = late ? S("čeká na projití") : day(r->c->arena, "projít do ", due);
	*kind = late ? TAG_WARN : TAG_PLAIN;
	return OK;
}

static Err add_row(Req *r, const StaticPage *p, PageRows *rows) {
	PageVersions all;
	PageText     now;
	Arena       *a = r->c->arena;
	PageRow      row = {.href = href_of(r, p->head.id), .title = p->title, .address = p->address};
	TRY(page_versions(r->c, p->head.id, &all));
	TRY(page_in_force(r->c, p->head.id, r->c->today, &now));
	row.has_draft = all.len && str_eq(all.at[0].state, S(PAGE_DRAFT));
	row.state = !now.version ? S("ještě nemá text") : now.published_at.ms ? day(a, "zveřejněno ", prague_day(now.published_at)) : S("standardní text");
	TRY(review_state(r, p, &row.review, &row.review_kind));
	*ARENA_PUSH(a, rows->at, rows->len, rows->cap) = row;
	return OK;
}

Err page_content(Req *r) {
	static const char *const sections[] = {"site", "planning", "other"};
	StaticPages  all;
	PageListView v = {.tabs = content_tabs(r, CONTENT_HOME), .may_publish = may(r->c, CAP_LIBRARY_PUBLISH)};
	TRY(pages_list(r->c, &all));
	for (size_t s = 0; s < LEN(sections); s++) {
		PageSection section = {.title = str_c(section_title(str_c(sections[s])))};
		for (size_t i = 0; i < all.len; i++)
			if (str_eq(all.at[i]->section, str_c(sections[s])))
				TRY(add_row(r, all.at[i], &section.rows));
		if (section.rows.len)
			*ARENA_PUSH(r->c->arena, v.sections.at, v.sections.len, v.sections.cap) = section;
	}
	view_content_pages(page(r, S("Obsah webu")), &v);
	return OK;
}

/* ---- one page ---- */

static Err open_page(Req *r, StaticPage **ret) {
	Id id;
	TRY(arg_id(r, 0, &id));
	TRY(page_get(r->c, id, ret));
	crumb(r, S("Obsah webu"), S(CONTENT_HOME));
	return OK;
}

static PageVersionRow version_row(Req *r, const PageVersion *v, const PageText *now) {
	Arena         *a = r->c->arena;
	bool           draft = str_eq(v->state, S(PAGE_DRAFT));
	PageVersionRow row = {.href = draft ? str_cat(a, href_of(r, v->page), S("/upravit")) : str_format(a, "%.*s/verze/%lld", STR_ARG(href_of(r, v->page)), (long long)v->no),
	                      .title = str_format(a, "Verze %lld", (long long)v->no), .note = v->note};
	row.who = draft || !v->published_by.len ? v->author : v->published_by;
	row.when = draft ? str_cat(a, S("uloženo "), moment(a, v->made_at)) : v->published_at.ms ? day(a, "platí od ", v->holds_from) : S("od začátku");
	row.state = draft ? S("koncept") : v->head.id == now->version ? S("platí") : date_after(v->holds_from, r->c->today) ? S("čeká na svůj den") : S("dřívější");
	row.kind = draft ? TAG_INFO : v->head.id == now->version ? TAG_OK : date_after(v->holds_from, r->c->today) ? TAG_INFO : TAG_PLAIN;
	return row;
}

static Err add_versions(Req *r, const StaticPage *p, PageAdminView *v) {
	PageVersions all;
	PageText     now;
	TRY(page_versions(r->c, p->head.id, &all));
	TRY(page_in_force(r->c, p->head.id, r->c->today, &now));
	for (size_t i = 0; i < all.len; i++) {
		v->has_draft |= str_eq(all.at[i].state, S(PAGE_DRAFT));
		*ARENA_PUSH(r->c->arena, v->versions.at, v->versions.len, v->versions.cap) = version_row(r, &all.at[i], &now);
	}
	return OK;
}

static Err add_review(Req *r, const StaticPage *p, PageAdminView *v) {
	Date due;
	TRY(page_reviews(r->c, p->head.id, &v->reviews));
	TRY(page_review_due(r->c, p, &due));
	v->needs_review = date_is(due);
	if (v->needs_review && !date_after(due, r->c->today))
		v->state = (NoteView){.kind = NOTE_WARN, .title = S("Text čeká na projití."), .text = str_format(r->c->arena,
			"Stránka se má znovu projít každých %lld měsíců. Přečtěte ji; když platí, potvrďte to, když ne, upravte ji.", (long long)p->review_months)};
	else if (v->needs_review)
		v->state = (NoteView){.kind = NOTE_OK, .title = S("Text je prověřený."), .text = day(r->c->arena, "Znovu jej projděte nejpozději ", due)};
	v->review_action = str_cat(r->c->arena, v->href, S("/prosel"));
	v->review_csrf = csrf_token(r, v->review_action);
	v->note = (FieldView){.name = S("note"), .label = S("Poznámka"), .optional = true, .value = form(r, "note"), .error = field_problem(r, "note")};
	return OK;
}

static Err show_admin(Req *r, const StaticPage *p) {
	PageAdminView v = {.title = p->title, .help = p->help, .href = href_of(r, p->head.id), .address = p->address, .may_publish = may(r->c, CAP_LIBRARY_PUBLISH),
	                   .sees_history = may(r->c, "history.read")};
	TRY(add_versions(r, p, &v));
	TRY(add_review(r, p, &v));
	v.errors = errors_view(r, &v.note, 1);
	r->is_error = v.errors != NULL;
	view_page_admin(page(r, p->title), &v);
	return OK;
}

Err page_static_admin(Req *r) {
	StaticPage *p;
	TRY(open_page(r, &p));
	return show_admin(r, p);
}

Err post_static_review(Req *r) {
	static const char *const known[] = {"note", NULL};
	StaticPage *p;
	TRY(open_page(r, &p));
	TRY(form_only(r, known));
	Err e = page_review(r->c, p->head.id, form(r, "note"));
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_admin(r, p);
	}
	TRY(e);
	notice(r, "Zapsáno: text stránky dnes prošel kontrolou a platí dál.");
	return redirect(r, "%.*s", STR_ARG(href_of(r, p->head.id)));
}

/* ---- the draft ---- */

static FieldView draft_field(Req *r, const char *name, const PageVersion *v, bool as_typed) {
	return field_view(r, entity_field(&page_version_entity, str_c(name)), v, as_typed);
}

static void add_preview(Req *r, const PageVersion *v, PageEditView *e) {
	MarkdownHeadings headings;
	PageText         text = {.title = v->title, .body = v->body};
	HtmlPieces       pieces = static_pieces(r, &text, &headings);
	RegionView       region = region_view(r);
	CLEANUP(buf_free) Buf b = {0};
	view_static_pieces(&b, pieces, &region);
	e->shown = (Html){buf_take(&b, r->c->arena)};
	e->shown_title = v->title;
	e->shown_lead = v->lead;
	e->is_preview = true;
}

/* By words and paragraphs; {0} when the texts are the same, or one of them cannot be read. */
static Html difference(Arena *a, Str before, Str after) {
	Paragraphs one, two;
	Str        why;
	if (str_eq(before, after) || paragraphs_read(a, before, &one, &why) != OK || paragraphs_read(a, after, &two, &why) != OK)
		return (Html){0};
	ParagraphDiffs d = paragraphs_difference(a, &one, &two);
	return paragraphs_difference_html(a, &d, false);
}

static Strs parts_of(Arena *a, Str lines) {
	Strs parts = {0};
	while (lines.len) {
		Str part = str_trim(str_cut(&lines, '\n'));
		if (part.len)
			strs_add(a, &parts, part);
	}
	return parts;
}

static Err show_edit(Req *r, const StaticPage *p, const PageVersion *v, bool as_typed, bool preview) {
	PageEditView e = {.title = p->title, .help = p->help, .href = href_of(r, p->head.id), .address = p->address, .version = v->head.version,
	                  .is_stored = v->head.id != 0, .may_publish = may(r->c, CAP_LIBRARY_PUBLISH), .parts = parts_of(r->c->arena, p->required_parts)};
	e.action = str_cat(r->c->arena, e.href, S("/upravit"));
	e.csrf = csrf_token(r, e.action);
	e.drop_action = str_cat(r->c->arena, e.href, S("/zahodit"));
	e.drop_csrf = csrf_token(r, e.drop_action);
	e.heading = draft_field(r, "title", v, as_typed);
	e.lead = draft_field(r, "lead", v, as_typed);
	e.body = draft_field(r, "body", v, as_typed);
	e.body.rows = 24;
	e.from = draft_field(r, "holds_from", v, as_typed);
	e.note = draft_field(r, "note", v, as_typed);
	FieldView all[] = {e.heading, e.lead, e.body, e.from, e.note};
	e.errors = as_typed ? errors_view(r, all, LEN(all)) : NULL;
	r->is_error = e.errors != NULL;
	if (preview && !e.errors) {
		PageText now;
		TRY(page_in_force(r->c, p->head.id, r->c->today, &now));
		add_preview(r, v, &e);
		e.changes = now.version ? difference(r->c->arena, now.body, v->body) : (Html){0};
	}
	crumb(r, p->title, e.href);
	view_page_edit(page(r, S("Upravit text stránky")), &e);
	return OK;
}

Err page_static_edit(Req *r) {
	StaticPage  *p;
	PageVersion *v;
	TRY(open_page(r, &p));
	TRY(page_draft(r->c, p->head.id, &v));
	return show_edit(r, p, v, false, false);
}

/* The form says which draft it was made of: another version of it is a conflict when it is saved. */
static Err read_draft(Req *r, const StaticPage *p, PageVersion **ret) {
	static const char *const known[] = {"title", "lead", "body", "holds_from", "note", "krok", "version", NULL};
	PageVersion *v;
	i64          version;
	TRY(page_draft(r->c, p->head.id, &v));
	*ret = v;
	if (!str_to_int(form(r, "version"), &version))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	TRY(form_only(r, known));
	i64 stored = v->head.version;
	for (const char *const *name = draft_fields; *name; name++) {
		const Field *f = entity_field(&page_version_entity, str_c(*name));
		Err          e = field_read(r->c, f, form(r, *name), v);
		for (size_t i = 0; e != OK && i < r->c->problems.len; i++)
			if (!r->c->problems.at[i].field)
				r->c->problems.at[i].field = f->name;
		if (e != OK && e != ERR_INVALID)
			return e;
	}
	v->head.version = version;
	if (r->c->problems.len)
		return ERR_INVALID;
	return stored == version ? OK : fail(r->c, ERR_CONFLICT, NULL, "Koncept mezitím uložil někdo jiný. Váš text je níže; porovnejte jej s uloženým a uložte znovu.");
}

static Err take_step(Req *r, PageVersion *v, Str step) {
	if (str_eq(step, S("zverejnit")))
		return page_publish(r->c, v);
	return page_draft_save(r->c, v);
}

Err post_static_edit(Req *r) {
	StaticPage  *p;
	PageVersion *v = NULL;
	Str          step = form(r, "krok");
	TRY(open_page(r, &p));
	Err e = read_draft(r, p, &v);
	if (e == OK && str_eq(step, S("nahled")))
		return show_edit(r, p, v, true, true);
	if (e == OK)
		e = take_step(r, v, step);
	if (v && (e == ERR_INVALID || e == ERR_CONFLICT)) {
		PageVersion *stored;
		set_status(r, e == ERR_INVALID ? 422 : 409);
		if (e == ERR_CONFLICT && page_draft(r->c, p->head.id, &stored) == OK)
			v->head = stored->head;                  /* saving again is a decision of the person who has seen the sentence */
		return show_edit(r, p, v, true, false);
	}
	TRY(e);
	if (str_eq(step, S("zverejnit")))
		notice(r, date_after(v->holds_from, r->c->today) ? "Text je zveřejněný, začne platit ve svůj den." : "Text je zveřejněný.");
	else
		notice(r, "Koncept je uložený. Veřejnost jej zatím nevidí.");
	return redirect(r, "%.*s", STR_ARG(href_of(r, p->head.id)));
}

Err post_static_drop(Req *r) {
	StaticPage *p;
	TRY(open_page(r, &p));
	TRY(page_draft_drop(r->c, p->head.id));
	notice(r, "Koncept je zahozený. Platí zveřejněný text.");
	return redirect(r, "%.*s", STR_ARG(href_of(r, p->head.id)));
}

/* ---- older versions ---- */

static Err open_version(Req *r, StaticPage **p, PageVersion *v) {
	i64 no;
	TRY(open_page(r, p));
	if (!str_to_int(arg(r, 1), &no))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Taková verze textu tu není.");
	return page_version_no(r->c, (*p)->head.id, no, v);
}

Err page_static_version(Req *r) {
	StaticPage  *p;
	PageVersion  v;
	PageEditView shown = {0};
	TRY(open_version(r, &p, &v));
	Str         href = href_of(r, p->head.id);
	PageOldView old = {.title = str_format(r->c->arena, "%.*s: verze %lld", STR_ARG(p->title), (long long)v.no), .href = href, .v = &v, .lead = v.lead};
	old.restore_action = str_format(r->c->arena, "%.*s/verze/%lld/obnovit", STR_ARG(href), (long long)v.no);
	old.restore_csrf = csrf_token(r, old.restore_action);
	old.may_restore = !str_eq(v.state, S(PAGE_DRAFT));
	PageText now;
	TRY(page_in_force(r->c, p->head.id, r->c->today, &now));
	old.changes = now.version != v.head.id ? difference(r->c->arena, v.body, now.body) : (Html){0};
	old.state = version_row(r, &v, &(PageText){0}).when;
	add_preview(r, &v, &shown);
	old.shown = shown.shown;
	crumb(r, p->title, href);
	view_page_version(page(r, str_format(r->c->arena, "Verze %lld", (long long)v.no)), &old);
	return OK;
}

Err post_static_restore(Req *r) {
	StaticPage *p;
	PageVersion v;
	TRY(open_version(r, &p, &v));
	TRY(page_restore(r->c, p->head.id, v.no));
	notice(r, "Text verze %lld je v novém konceptu. Prohlédněte si jej a zveřejněte.", (long long)v.no);
	return redirect(r, "%.*s/upravit", STR_ARG(href_of(r, p->head.id)));
}

/* ---- a page of the region's own ---- */

static Err show_new(Req *r) {
	PageNewView v = {.csrf = csrf_token(r, S(CONTENT_HOME "/stranky/nova"))};
	v.title = (FieldView){.name = S("title"), .label = S("Název stránky"), .hint = S("Vznikne z něj i adresa: „Půjčovny pomůcek“ bude na /stranky/pujcovny-pomucek."),
	                      .value = form(r, "title"), .error = field_problem(r, "title")};
	v.errors = errors_view(r, &v.title, 1);
	r->is_error = v.errors != NULL;
	crumb(r, S("Obsah webu"), S(CONTENT_HOME));
	view_page_new(page(r, S("Nová stránka")), &v);
	return OK;
}

Err page_static_new(Req *r) {
	return show_new(r);
}

Err post_static_new(Req *r) {
	static const char *const known[] = {"title", NULL};
	Id id;
	TRY(form_only(r, known));
	Err e = page_add(r->c, form(r, "title"), &id);
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_new(r);
	}
	TRY(e);
	notice(r, "Stránka je založená. Napište její text a zveřejněte jej; do té doby ji veřejnost nevidí.");
	return redirect(r, CONTENT_HOME "/stranky/%lld/upravit", (long long)id);
}
