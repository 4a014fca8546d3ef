/* trail_page.c: the auditor's search over the trail, on a page and as a file. */
#include "core/journal.h"
#include "core/trail.h"
#include "domain/admin/admin_page.h"
#include "domain/admin/trail.html.h"
#include "domain/people/people.h"
#include "web/module.h"
#include "web/screen.h"

enum { TRAIL_PAGE = 100, PEOPLE_SHOWN = 20 };

static Str object_word(Ctx *c, Str object) {
	const Entity *e = admin_entity_named(object);
	return e ? str_c(e->one) : codelist_name(c, "trail_object", str_dup(c->arena, object));
}

/* ---- what is asked ---- */

/* The end of a range of days is the beginning of the next day in Prague. */
static Err read_days(Req *r, TrailSearch *q) {
	Date from, to;
	TRY(query_date(r, "od", (Date){0}, &from));
	TRY(query_date(r, "do", (Date){0}, &to));
	if (date_is(from))
		q->from = prague_instant(from, 0);
	if (date_is(to))
		q->to = prague_instant(date_add(to, 1), 0);
	return OK;
}

/* A name that is one account's is that account, under all names that it ever had; several are offered to choose from. */
static Err read_person(Req *r, TrailSearch *q, Links *choice) {
	EntityList found;
	q->who = query(r, "kdo");
	TRY(query_int(r, "ucet", 0, 1, INT64_MAX - 1, &q->account));
	if (q->account || !q->who.len)
		return OK;
	TRY(require(r->c, "trail.read"));
	r->c->scope_decided = true;                  /* whoever reads the whole trail may know whose it is */
	Err e = entity_list(r->c, &account_entity, &(ListQuery){.search = q->who, .limit = PEOPLE_SHOWN}, &found);
	r->c->scope_decided = false;
	TRY(e);
	if (found.len == 1) {
		q->account = ((EntityHead *)found.at[0])->id;
		q->who = (Str){0};
	}
	for (size_t i = 0; i < found.len && found.len > 1; i++) {
		const Account *a = found.at[i];
		*ARENA_PUSH(r->c->arena, choice->at, choice->len, choice->cap) =
			(LinkView){.label = str_format(r->c->arena, "%.*s, %.*s", STR_ARG(a->name), STR_ARG(a->login)),
			           .href = str_format(r->c->arena, "/app/sprava/stopa?ucet=%lld", (long long)a->head.id)};
	}
	return OK;
}

static Err read_search(Req *r, TrailSearch *q, Links *choice) {
	*q = (TrailSearch){.object = query(r, "co"), .action = query(r, "akce"), .limit = TRAIL_PAGE};
	TRY(query_int(r, "pred", 0, 0, INT64_MAX - 1, &q->before_seq));
	TRY(query_int(r, "cislo", 0, 1, INT64_MAX - 1, &q->object_id));
	TRY(read_days(r, q));
	return read_person(r, q, choice);
}

/* ---- the file ---- */

static const TableColumn columns[] = {
	{"cislo", "Č.", CELL_INT, 0, 8}, {"cas", "Čas (UTC)", CELL_TEXT, 0, 24}, {"ucet", "Číslo účtu", CELL_INT, 0, 10}, {"kdo", "Kdo", CELL_TEXT, 0, 26},
	{"role", "Role", CELL_TEXT, 0, 16}, {"organizace", "Organizace", CELL_TEXT, 0, 26}, {"adresa", "Síťová adresa", CELL_TEXT, 0, 18},
	{"akce", "Akce", CELL_TEXT, 0, 14}, {"druh_zaznamu", "Druh záznamu", CELL_TEXT, 0, 18}, {"cislo_zaznamu", "Číslo záznamu", CELL_INT, 0, 12},
	{"popis", "Popis", CELL_TEXT, 0, 40}, {"duvod", "Důvod", CELL_TEXT, 0, 40}, {"zmeny", "Změny", CELL_TEXT, 0, 60},
};

typedef struct Export { Ctx *c; TableWriter *w; Buf changes; } Export;

static void put_changes(Buf *b, const TrailRecord *t) {
	b->len = 0;
	for (size_t i = 0; i < t->change_count; i++) {
		const TrailChange *change = &t->changes[i];
		buf_format(b, "%s%s: ", i ? "; " : "", change->field);
		if (change->erased)
			buf_lit(b, "(osobní údaj vymazán)");
		else
			buf_format(b, "„%.*s“ → „%.*s“", STR_ARG(change->before), STR_ARG(change->after));
	}
}

static Err put_record(void *arg, const TrailRecord *t) {
	Export *x = arg;
	char    at[INSTANT_ISO_LEN];
	put_changes(&x->changes, t);
	table_int(x->w, t->seq);
	table_text(x->w, instant_iso(t->at, at));
	table_int(x->w, t->account ? t->account : BLANK);
	const Str texts[] = {t->actor, t->role, t->organisation, t->address, t->action, t->object};
	for (size_t i = 0; i < LEN(texts); i++)
		table_text(x->w, texts[i]);
	table_int(x->w, t->object_id ? t->object_id : BLANK);
	table_text(x->w, t->text);
	table_text(x->w, t->reason);
	table_text(x->w, buf_view(&x->changes));
	table_row_end(x->w);
	return OK;
}

static Err export_trail(Req *r, TrailSearch q) {
	FileFormat format = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(r->c->arena, Buf);       /* it is emptied with the request, after this function */
	journal_add(r->c, "export", S("stopa změn"));
	TRY(download_start(r, format_type(format), str_format(r->c->arena, "stopa.%s", format_suffix(format)), out));
	Export x = {.c = r->c, .w = table_open(r->c->arena, out, format, S("Stopa změn"), columns, LEN(columns), export_note(r->c))};
	Err    e = trail_each(r->c, q, put_record, &x);
	buf_free(&x.changes);
	Err closed = table_close(x.w);
	TRY(e);
	TRY(closed);
	return download_end(r, out);
}

/* ---- the page ---- */

static TrailRow row_of(Req *r, const TrailRecord *t) {
	const Entity *e = admin_entity_named(t->object);
	TrailRow      row = {.seq = t->seq, .at = t->at, .who = t->actor, .why = t->reason};
	HistoryViews  words = history_views(r, e ? e : &code_item_entity, &(TrailRecords){.at = (TrailRecord *)t, .len = 1});
	row.what = words.at[0].what;
	row.changes = words.at[0].changes;
	row.record = str_format(r->c->arena, "%.*s č. %lld", STR_ARG(object_word(r->c, t->object)), (long long)t->object_id);
	if (e && e->path && t->object_id)
		row.href = str_format(r->c->arena, "%s/%lld/historie", e->path, (long long)t->object_id);
	if (row.href.len && !web_may_open(r, row.href))          /* its history stands on its own page, or is only here */
		row.href = str_format(r->c->arena, "%s/%lld", e->path, (long long)t->object_id);
	if (row.href.len && !web_may_open(r, row.href))
		row.href = (Str){0};
	if (!row.who.len)
		row.who = t->account ? S("(jméno vymazáno)") : S("program");
	return row;
}

static FieldView choice_field(Req *r, const char *name, const char *label, const Strs *words, Str (*word)(Ctx *c, Str code)) {
	FieldView v = {.kind = FIELD_SELECT, .name = str_c(name), .label = str_c(label), .width = WIDTH_20};
	Str       now = query(r, name);
	*ARENA_PUSH(r->c->arena, v.options.at, v.options.len, v.options.cap) = (OptionView){.label = S("vše")};
	for (size_t i = 0; i < words->len; i++)
		if (words->at[i].len)
			*ARENA_PUSH(r->c->arena, v.options.at, v.options.len, v.options.cap) =
				(OptionView){.value = words->at[i], .label = word(r->c, words->at[i]), .chosen = str_eq(now, words->at[i])};
	return v;
}

/* Steps of machines have their words in the tables of the machines. */
static Str action_word(Ctx *c, Str action) {
	const Machine *m;
	for (size_t i = 0; !codelist_find(c, "trail_action", action) && (m = machine_at(i)); i++)
		for (size_t k = 0; k < m->action_count; k++)
			if (str_eq(action, str_c(m->actions[k].action)))
				return str_c(m->actions[k].done);
	return codelist_name(c, "trail_action", str_dup(c->arena, action));
}

static Err fill_form(Req *r, TrailSearch q, TrailView *v) {
	Strs actions, objects;
	TRY(trail_words(r->c, &actions, &objects));
	v->what = choice_field(r, "co", "Druh záznamu", &objects, object_word);
	v->action = choice_field(r, "akce", "Akce", &actions, action_word);
	v->who = query(r, "kdo");
	v->object_id = query(r, "cislo");
	v->from = query(r, "od");
	v->to = query(r, "do");
	if (q.account) {
		void  *row;
		size_t said = r->c->problems.len;
		r->c->scope_decided = true;
		bool known = entity_get(r->c, &account_entity, TODAY, q.account, &row) == OK;
		r->c->scope_decided = false;
		r->c->problems.len = said;
		v->person = known ? str_format(r->c->arena, "%.*s (účet č. %lld)", STR_ARG(((Account *)row)->name), (long long)q.account)
		                  : str_format(r->c->arena, "účet č. %lld", (long long)q.account);
	}
	static const char *const suffixes[] = {"csv", "xlsx", "json"};
	static const char *const labels[] = {"CSV", "XLSX", "JSON"};
	for (size_t i = 0; i < LEN(suffixes); i++)
		*ARENA_PUSH(r->c->arena, v->files.at, v->files.len, v->files.cap) = (LinkView){.label = str_c(labels[i]), .href = url_with_format(r, suffixes[i])};
	return OK;
}

Err page_trail(Req *r) {
	TrailSearch  q;
	TrailRecords records;
	TrailView    v = {0};
	TRY(read_search(r, &q, &v.people));
	if (r->format != PAGE_HTML)
		return export_trail(r, q);
	TRY(trail_search(r->c, q, &records));
	TRY(fill_form(r, q, &v));
	for (size_t i = 0; i < records.len; i++)
		*ARENA_PUSH(r->c->arena, v.rows, v.count, v.cap) = row_of(r, &records.at[i]);
	if (records.len == TRAIL_PAGE)
		v.older = url_with(r, "pred", str_format(r->c->arena, "%lld", (long long)records.at[records.len - 1].seq));
	crumb(r, S("Správa"), S("/app/sprava"));
	view_trail(page(r, S("Stopa změn")), &v);
	return OK;
}
