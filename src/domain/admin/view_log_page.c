/* view_log_page.c: who looked at whose record; for the auditor, and for the person it is about. */
#include "core/journal.h"
#include "core/trail.h"
#include "domain/admin/admin_page.h"
#include "domain/admin/trail.html.h"
#include "web/module.h"
#include "web/screen.h"

enum { VIEWS_PAGE = 100 };

const Entity *admin_entity_named(Str name) {
	const WebOptions *o = web_options();
	for (size_t i = 0; i < o->module_count; i++)
		for (size_t k = 0; k < o->modules[i]->entity_count; k++)
			if (str_eq(str_c(o->modules[i]->entities[k]->name), name))
				return o->modules[i]->entities[k];
	return NULL;
}

static void add_rows(Req *r, const JournalEvents *events, ViewLog *v) {
	for (size_t i = 0; i < events->len; i++) {
		const JournalEvent *e = &events->at[i];
		const Entity       *kind = admin_entity_named(e->object);
		ViewRow row = {.at = e->at, .who = e->actor, .address = e->address};
		row.what = str_format(r->c->arena, "%.*s č. %lld", STR_ARG(kind ? str_c(kind->one) : e->object), (long long)e->object_id);
		if (kind && kind->path)
			row.href = row_href(r, kind, e->object_id);
		*ARENA_PUSH(r->c->arena, v->rows, v->count, v->cap) = row;
	}
	if (events->len == VIEWS_PAGE)
		v->older = url_with(r, "pred", str_format(r->c->arena, "%lld", (long long)events->at[events->len - 1].id));
}

/* ---- /app/sprava/nahlizeni ---- */

static const TableColumn columns[] = {
	{"cas", "Čas (UTC)", CELL_TEXT, 0, 24}, {"ucet", "Číslo účtu", CELL_INT, 0, 10}, {"kdo", "Kdo", CELL_TEXT, 0, 26}, {"adresa", "Síťová adresa", CELL_TEXT, 0, 18},
	{"druh_zaznamu", "Druh záznamu", CELL_TEXT, 0, 18}, {"cislo_zaznamu", "Číslo záznamu", CELL_INT, 0, 12},
};

static Err write_rows(Ctx *c, JournalSearch q, TableWriter *w) {
	for (size_t n = VIEWS_PAGE; n == VIEWS_PAGE;) {
		JournalEvents events;
		TRY(journal_search(c, q, &events));
		n = events.len;
		for (size_t i = 0; i < n; i++) {
			const JournalEvent *e = &events.at[i];
			char                at[INSTANT_ISO_LEN];
			table_text(w, instant_iso(e->at, at));
			table_int(w, e->account);
			table_text(w, e->actor);
			table_text(w, e->address);
			table_text(w, e->object);
			table_int(w, e->object_id);
			table_row_end(w);
			q.before_id = e->id;
		}
	}
	return OK;
}

static Err export_views(Req *r, JournalSearch q) {
	FileFormat format = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(r->c->arena, Buf);       /* it is emptied with the request, after this function */
	journal_add(r->c, "export", S("nahlížení do záznamů o lidech"));
	TRY(download_start(r, format_type(format), str_format(r->c->arena, "nahlizeni.%s", format_suffix(format)), out));
	TableWriter *w = table_open(r->c->arena, out, format, S("Nahlížení"), columns, LEN(columns), export_note(r->c));
	Err          e = write_rows(r->c, q, w), closed = table_close(w);
	TRY(e);
	TRY(closed);
	return download_end(r, out);
}

Err page_view_log(Req *r) {
	JournalSearch q = {.what = S(JOURNAL_VIEW), .limit = VIEWS_PAGE};
	JournalEvents events;
	Date          from, to;
	ViewLog       v = {.who = query(r, "ucet"), .number = query(r, "cislo"), .from = query(r, "od"), .to = query(r, "do")};
	TRY(query_int(r, "ucet", 0, 1, INT64_MAX - 1, &q.account));
	TRY(query_int(r, "cislo", 0, 1, INT64_MAX - 1, &q.object_id));
	TRY(query_int(r, "pred", 0, 0, INT64_MAX - 1, &q.before_id));
	TRY(query_date(r, "od", (Date){0}, &from));
	TRY(query_date(r, "do", (Date){0}, &to));
	q.from = date_is(from) ? prague_instant(from, 0) : (Instant){0};
	q.to = date_is(to) ? prague_instant(date_add(to, 1), 0) : (Instant){0};
	if (r->format != PAGE_HTML)
		return export_views(r, q);
	TRY(journal_search(r->c, q, &events));
	add_rows(r, &events, &v);
	static const char *const suffixes[] = {"csv", "xlsx", "json"};
	static const char *const labels[] = {"CSV", "XLSX", "JSON"};
	for (size_t i = 0; i < LEN(suffixes); i++)
		*ARENA_PUSH(r->c->arena, v.files.at, v.files.len, v.files.cap) = (LinkView){.label = str_c(labels[i]), .href = url_with_format(r, suffixes[i])};
	crumb(r, S("Správa"), S("/app/sprava"));
	view_view_log(page(r, S("Kdo se díval")), &v);
	return OK;
}

/* ---- /app/ucet/nahlizeni ---- */

Err page_own_views(Req *r) {
	JournalSearch q = {.what = S(JOURNAL_VIEW), .object = S("account"), .object_id = r->c->actor->account, .limit = VIEWS_PAGE};
	JournalEvents events;
	ViewLog       v = {0};
	TRY(query_int(r, "pred", 0, 0, INT64_MAX - 1, &q.before_id));
	TRY(journal_search(r->c, q, &events));
	add_rows(r, &events, &v);
	crumb(r, S("Můj účet"), S("/app/ucet"));
	view_own_views(page(r, S("Kdo se díval na můj účet")), &v);
	return OK;
}
