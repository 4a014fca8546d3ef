/* outlook_page.c: annex 2 of a plan: what everybody reads, and the grid in which an officer enters it. */
#include "base/format.h"
#include "core/access.h"
#include "domain/plan/card_page.h"
#include "domain/plan/outlook.h"
#include "domain/plan/outlook.html.h"
#include "domain/plan/plan_page.h"

/* ---- what both show ---- */

static NoteView agreement_of(Ctx *c, const OutlookDifferences *all) {
	CLEANUP(buf_free) Buf out = {0};
	if (!all->len)
		return (NoteView){.kind = NOTE_OK, .title = S("Souhlasí s kartami:"), .text = S("část z karet má pro každý rok a zdroj stejné součty jako příloha č. 1.")};
	for (size_t i = 0; i < all->len && i < 6; i++) {
		const OutlookDifference *d = &all->at[i];
		buf_format(&out, "%s%.*s %lld: karty %.*s, výhled %.*s", i ? "; " : "", STR_ARG(d->item), (long long)d->year, STR_ARG(money_text(c->arena, d->cards, "–")),
		           STR_ARG(money_text(c->arena, d->entered, "–")));
	}
	if (all->len > 6)
		buf_format(&out, " a další (%zu)", all->len - 6);
	buf_char(&out, '.');
	return (NoteView){.kind = NOTE_WARN, .title = S("Nesouhlasí s kartami:"), .text = buf_take(&out, c->arena)};
}

static Str accepted_text(Ctx *c, const Outlook *o) {
	CLEANUP(buf_free) Buf day = {0};
	if (!o->head || !o->head->accepted_at.ms || o->head->accepted_missing.halere != o->all.total.missing || !o->all.total.missing)
		return (Str){0};
	fmt_date(&day, prague_day(o->head->accepted_at));
	return str_format(c->arena, "Nekrytou částku %.*s vzal vedoucí odboru na vědomí %.*s: %.*s", STR_ARG(money_text(c->arena, o->all.total.missing, "–")),
	                  STR_ARG(buf_view(&day)), STR_ARG(o->head->accepted_why));
}

/* ---- the public page ---- */

static void put(TableWriter *w, Str part, i64 year, Str code, Str name, i64 amount) {
	if (amount == BLANK)
		return;
	table_text(w, part);
	table_int(w, year);
	table_text(w, code);
	table_text(w, name);
	table_int(w, amount);
	table_row_end(w);
}

static void put_part(TableWriter *w, Str code, const Outlook *o, const PlanMoney *m) {
	for (size_t y = 0; y < PLAN_YEARS; y++) {
		const YearMoney *at = &m->years[y];
		put(w, code, at->year, S(OUTLOOK_OPERATING), S("Provozní náklady"), at->operating);
		put(w, code, at->year, S(OUTLOOK_INVESTMENT), S("Investiční náklady"), at->investment);
		put(w, code, at->year, S("naklady"), S("Náklady celkem"), at->cost);
		for (size_t s = 0; s < o->sources.len; s++)
			put(w, code, at->year, o->sources.at[s]->code, o->sources.at[s]->name, at->by_source[s]);
		put(w, code, at->year, S("zdroje"), S("Zdroje celkem"), at->sources);
		put(w, code, at->year, S("nekryto"), S("Nekryto"), at->missing);
		put(w, code, at->year, S("rezerva"), S("Rezerva"), at->surplus);
	}
}

static Err send(Req *r, const Outlook *o) {
	static const TableColumn columns[] = {{"cast", "Část", CELL_TEXT, 0, 14}, {"rok", "Rok", CELL_INT, 0, 8}, {"kod", "Kód", CELL_TEXT, 0, 14},
		{"polozka", "Položka", CELL_TEXT, 0, 36}, {"castka", "Částka v Kč", CELL_DECIMAL, 2, 20}};
	FileFormat f = r->format == PAGE_CSV ? FORMAT_CSV : r->format == PAGE_XLSX ? FORMAT_XLSX : FORMAT_JSON;
	Buf       *out = NEW_ZERO(r->c->arena, Buf);
	Str        file = str_format(r->c->arena, "vyhled-%.*s.%s", STR_ARG(o->plan->slug), format_suffix(f));
	TRY(download_start(r, format_type(f), f == FORMAT_JSON ? (Str){0} : file, out));
	TableWriter *w = table_open(r->c->arena, out, f, S("Výhled financování"), columns, LEN(columns), export_note(r->c));
	for (size_t p = 0; p < o->parts.len; p++)
		put_part(w, o->parts.at[p]->code, o, &o->part[p]);
	put_part(w, S("celkem"), o, &o->all);
	TRY(table_close(w));
	return download_end(r, out);
}

static void add_part(Req *r, OutlookPage *v, Str title, const PlanMoney *m) {
	OutlookPart part = {.title = title};
	v->heads = (Strs){0};
	card_money_lines(r, m, &part.lines, &v->heads);
	for (size_t i = 0; i < part.lines.len; i++) {
		Str *label = &part.lines.at[i].label;
		*label = str_eq(*label, S("Chybí")) ? S("Nekryto") : str_eq(*label, S("Zdroje nad náklady")) ? S("Rezerva") : *label;
	}
	*ARENA_PUSH(r->c->arena, v->parts.at, v->parts.len, v->parts.cap) = part;
}

/* What the plan's version that people see says; before there is any, an officer sees what is entered. */
static Err shown_outlook(Req *r, Plan *p, Outlook *ret, DocumentVersion *version, i64 *asked) {
	size_t said = r->c->problems.len;
	Err    e = plan_version_of_address(r, p, version, asked);
	if (e == ERR_NOT_FOUND && !*asked) {
		r->c->problems.len = said;
		return may(r->c, CAP_PLAN_DRAFT) ? outlook_read(r->c, p, ret) : outlook_of_version(r->c, p, 0, ret);
	}
	TRY(e);
	return outlook_of_version(r->c, p, version->head.id, ret);
}

static NoteView which_of(Req *r, const Plan *p, const Outlook *o, const DocumentVersion *version) {
	Arena   *a = r->c->arena;
	NoteView ret = {0};
	Str      here = str_format(a, "/plan/%.*s/vyhled", STR_ARG(p->slug));
	i64      newer = plan_newer_version(r, p);
	if (!o->version)
		return o->head ? (NoteView){.kind = NOTE_WARN, .title = S("Rozepsaný výhled:"), .text = S("vidí ho jen úřad, veřejnost až se zveřejněným návrhem plánu.")} : ret;
	if (o->version == p->valid_version && newer) {
		ret = (NoteView){.kind = NOTE_INFO, .title = S("Výhled platného plánu."), .text = S("Projednává se jeho aktualizace.")};
		*ARENA_PUSH(a, ret.links.at, ret.links.len, ret.links.cap) = (LinkView){.label = str_format(a, "Výhled v návrhu, verze č. %lld", (long long)newer),
			.href = str_format(a, "%.*s?verze=%lld", STR_ARG(here), (long long)newer)};
	} else if (p->valid_version && o->version != p->valid_version) {
		ret = (NoteView){.kind = NOTE_WARN, .title = S("Jiná verze:"), .text = str_format(a, "Čtete výhled z verze č. %lld, která teď neplatí.", (long long)version->no)};
		*ARENA_PUSH(a, ret.links.at, ret.links.len, ret.links.cap) = (LinkView){.label = S("Výhled platného plánu"), .href = here};
	} else if (!p->valid_version)
		ret = (NoteView){.kind = NOTE_WARN, .title = S("Návrh:"), .text = str_format(a, "Plán ještě neplatí. Čtete výhled z verze č. %lld.", (long long)version->no)};
	return ret;
}

/* Cards go on after their plan was frozen, so a difference then is no error of the outlook. */
static NoteView agreement_shown(Ctx *c, const Outlook *o, const OutlookDifferences *all) {
	if (!all->len || !o->version)
		return agreement_of(c, all);
	return (NoteView){.kind = NOTE_INFO, .title = S("Jak byl schválen nebo předložen:"),
		.text = S("karty se od té doby změnily, jejich tehdejší součty jsou v příloze č. 1 téže verze plánu.")};
}

Err page_outlook(Req *r) {
	Plan              *p;
	Outlook            o;
	OutlookDifferences all;
	DocumentVersion    version = {0};
	i64                asked;
	OutlookPage        v = {.title = S("Výhled financování")};
	TRY(plan_of_address(r, false, &p));
	TRY(shown_outlook(r, p, &o, &version, &asked));
	if (r->format != PAGE_HTML)
		return send(r, &o);
	v.lead = p->title;
	v.ways = card_ways(r, p, false, "vyhled");
	v.which = which_of(r, p, &o, &version);
	v.empty = (EmptyView){.title = S("Výhled zatím není zveřejněný"), .text = S("Objeví se, až kraj návrh plánu zveřejní k připomínkám. U starších plánů je v přílohách jejich textu.")};
	if (may(r->c, CAP_PLAN_DRAFT))
		v.office = str_format(r->c->arena, "/app/plan/%.*s/vyhled", STR_ARG(p->slug));
	if (o.head) {
		TRY(outlook_differences(r->c, &o, &all));
		v.agreement = agreement_shown(r->c, &o, &all);
		v.note = o.head->note;
		v.accepted = accepted_text(r->c, &o);
		add_part(r, &v, S("Celkem"), &o.all);
		for (size_t i = 0; i < o.parts.len; i++)
			add_part(r, &v, o.parts.at[i]->name, &o.part[i]);
		v.downloads = card_files(r);
	}
	view_outlook(page(r, v.title), &v);
	return OK;
}

/* ---- the grid ---- */

static Str cell_name(Arena *a, const Outlook *o, size_t part, size_t year, size_t item) {
	return str_format(a, "castka_%.*s_%.*s_%lld", STR_ARG(o->parts.at[part]->code), STR_ARG(outlook_item(o, item)), (long long)(o->plan->year_from + (i64)year));
}

static void add_row(Req *r, const Outlook *o, size_t part, size_t item, OutlookGrid *g, Links *problems) {
	Arena     *a = r->c->arena;
	OutlookRow row = {.id = str_format(a, "%.*s-%.*s", STR_ARG(o->parts.at[part]->code), STR_ARG(outlook_item(o, item))), .label = outlook_item_name(o, item)};
	for (size_t y = 0; y < PLAN_YEARS; y++) {
		Str   name = cell_name(a, o, part, y, item);
		bool  typed = r->http->method == METHOD_POST && form_has(r, str_z(a, name));
		row.cells[y] = (OutlookCell){.name = name, .error = field_problem(r, str_z(a, name)),
			.value = typed ? form(r, str_z(a, name)) : card_money_typed(a, *outlook_cell((Outlook *)o, part, y, item))};
		if (row.cells[y].error.len)
			*ARENA_PUSH(a, problems->at, problems->len, problems->cap) = (LinkView){.label = row.cells[y].error, .href = str_cat(a, S("#"), name)};
	}
	const YearMoney *t = &o->part[part].total;
	row.total = money_text(a, item == 0 ? t->operating : item == 1 ? t->investment : t->by_source[item - 2], "–");
	*ARENA_PUSH(a, g->rows.at, g->rows.len, g->rows.cap) = row;
}

static void add_sum(Req *r, const PlanMoney *m, OutlookGrid *g, const char *label, size_t offset) {
	OutlookRow row = {.id = str_format(r->c->arena, "%.*s-%zu", STR_ARG(g->id), offset), .label = str_c(label), .is_sum = true};
	for (size_t y = 0; y < PLAN_YEARS; y++)
		row.cells[y].text = money_text(r->c->arena, *(const i64 *)((const char *)&m->years[y] + offset), "–");
	row.total = money_text(r->c->arena, *(const i64 *)((const char *)&m->total + offset), "–");
	*ARENA_PUSH(r->c->arena, g->rows.at, g->rows.len, g->rows.cap) = row;
}

static void add_sums(Req *r, const PlanMoney *m, OutlookGrid *g) {
	add_sum(r, m, g, "Náklady celkem", offsetof(YearMoney, cost));
	add_sum(r, m, g, "Zdroje celkem", offsetof(YearMoney, sources));
	add_sum(r, m, g, "Nekryto", offsetof(YearMoney, missing));
	add_sum(r, m, g, "Rezerva", offsetof(YearMoney, surplus));
}

static void add_grids(Req *r, const Outlook *o, OutlookOffice *v) {
	Arena *a = r->c->arena;
	Links  problems = {0};
	for (size_t p = 0; p < o->parts.len; p++) {
		OutlookGrid g = {.id = o->parts.at[p]->code, .title = o->parts.at[p]->name};
		for (size_t i = 0; outlook_item(o, i).len; i++)
			add_row(r, o, p, i, &g, &problems);
		add_sums(r, &o->part[p], &g);
		*ARENA_PUSH(a, v->grids.at, v->grids.len, v->grids.cap) = g;
	}
	OutlookGrid all = {.id = S("celkem"), .title = S("Celkem (uložené částky)")};
	add_sums(r, &o->all, &all);
	*ARENA_PUSH(a, v->grids.at, v->grids.len, v->grids.cap) = all;
	if (v->why.error.len)
		*ARENA_PUSH(a, problems.at, problems.len, problems.cap) = (LinkView){.label = v->why.error, .href = S("#why")};
	if (!problems.len && r->c->problems.len)
		*ARENA_PUSH(a, problems.at, problems.len, problems.cap) = (LinkView){.label = first_problem(r->c)};
	if (problems.len) {
		v->errors = NEW_ZERO(a, ErrorsView);
		v->errors->errors = problems;
		if (problems.len > 20) {
			v->errors->errors.len = 20;
			v->errors->more = str_format(a, "a dalších %zu chyb", problems.len - 20);
		}
	}
}

static NoteView balance_of(Ctx *c, const Outlook *o) {
	if (!o->all.total.missing)
		return (NoteView){.kind = NOTE_OK, .title = S("Vyrovnaný:"), .text = S("zdroje každého roku pokrývají náklady.")};
	Str text = accepted_text(c, o);
	if (text.len)
		return (NoteView){.kind = NOTE_INFO, .title = S("Nekryto, vzato na vědomí:"), .text = text};
	return (NoteView){.kind = NOTE_WARN, .title = S("Nekryto:"), .text = str_format(c->arena,
		"%.*s za celé období. Než plán půjde do zastupitelstva, doplňte zdroje, nebo ať částku vezme na vědomí vedoucí odboru.",
		STR_ARG(money_text(c->arena, o->all.total.missing, "–")))};
}

static Err show(Req *r, const Plan *p, Outlook *o) {
	Arena             *a = r->c->arena;
	OutlookDifferences all;
	Outlook            stored;
	OutlookOffice      v = {.title = S("Výhled financování"), .lead = S("Příloha č. 2 plánu: co v jednotlivých letech stojí síť a rozvojové aktivity a kdo je zaplatí.")};
	TRY(outlook_read(r->c, o->plan, &stored));
	TRY(outlook_differences(r->c, &stored, &all));
	v.back = str_format(a, "/app/plan/%.*s", STR_ARG(p->slug));
	v.action = str_cat(a, v.back, S("/vyhled"));
	v.csrf = csrf_token(r, v.action);
	v.take_action = str_cat(a, v.action, S("/prevzit"));
	v.take_csrf = csrf_token(r, v.take_action);
	v.accept_action = str_cat(a, v.action, S("/na-vedomi"));
	v.accept_csrf = csrf_token(r, v.accept_action);
	v.public_href = str_format(a, "/plan/%.*s/vyhled", STR_ARG(p->slug));
	v.version = o->change;
	v.missing = stored.all.total.missing;
	v.may_edit = may(r->c, CAP_OUTLOOK_EDIT) && outlook_is_open(p);
	v.may_accept = may(r->c, CAP_OUTLOOK_ACCEPT) && stored.head && !outlook_is_accepted(&stored);
	if (!outlook_is_open(p))
		v.closed = (NoteView){.kind = NOTE_INFO, .title = S("Zmrazeno:"), .text = S("výhled je přílohou zmrazeného plánu, proto se teď nemění.")};
	for (size_t y = 0; y < PLAN_YEARS; y++)
		v.years[y] = str_format(a, "%lld", (long long)(p->year_from + (i64)y));
	v.agreement = agreement_of(r->c, &all);
	v.balance = balance_of(r->c, &stored);
	v.note = (FieldView){.kind = FIELD_AREA, .name = S("note"), .label = S("Z čeho výhled vychází"), .optional = true, .rows = 4, .error = field_problem(r, "note"),
		.value = form_has(r, "note") ? form(r, "note") : stored.head ? stored.head->note : (Str){0}};
	v.why = (FieldView){.kind = FIELD_AREA, .name = S("why"), .label = S("Důvod"), .error = field_problem(r, "why"), .value = form(r, "why")};
	if (stored.head) {
		CLEANUP(buf_free) Buf when = {0};
		fmt_instant(&when, stored.head->changed_at);
		v.saved = str_format(a, "Uložil %.*s, %.*s.", STR_ARG(stored.head->changed_by), STR_ARG(buf_view(&when)));
	}
	add_grids(r, &stored, &v);
	r->is_error = v.errors != NULL;
	view_outlook_office(page(r, v.title), &v);
	return OK;
}

Err page_office_outlook(Req *r) {
	Plan   *p;
	Outlook o;
	TRY(plan_of_address(r, true, &p));
	TRY(outlook_read(r->c, p, &o));
	return show(r, p, &o);
}

static Err answer(Req *r, Plan *p, Outlook *o, Err e, const char *done) {
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, err_status(e));
		return show(r, p, o);
	}
	TRY(e);
	notice(r, "%s", done);
	return redirect(r, "/app/plan/%.*s/vyhled", STR_ARG(p->slug));
}

static Err read_cell(Req *r, const Outlook *o, size_t part, size_t y, size_t item, Money *ret) {
	const char *why, *name = str_z(r->c->arena, cell_name(r->c->arena, o, part, y, item));
	Str         label = outlook_item_name(o, item);
	if (!form_has(r, name))                  /* a source that came into the list meanwhile */
		return OK;
	if (!read_money(form(r, name), ret, &why))
		return fail(r->c, ERR_INVALID, name, "%.*s %lld: %s", STR_ARG(label), (long long)(o->plan->year_from + (i64)y), why);
	if (ret->halere != BLANK && ret->halere < 0)
		return fail(r->c, ERR_INVALID, name, "%.*s %lld: částka nemůže být záporná.", STR_ARG(label), (long long)(o->plan->year_from + (i64)y));
	return OK;
}

static Err read_grid(Req *r, Outlook *o) {
	Err all = OK, e;
	for (size_t p = 0; p < o->parts.len; p++)
		for (size_t y = 0; y < PLAN_YEARS; y++)
			for (size_t i = 0; outlook_item(o, i).len; i++)
				if ((e = read_cell(r, o, p, y, i, outlook_cell(o, p, y, i))) != OK)
					all = e;
	return all;
}

Err post_outlook(Req *r) {
	Plan   *p;
	Outlook o;
	TRY(plan_of_address(r, true, &p));
	TRY(outlook_read(r->c, p, &o));
	if (!str_to_int(form(r, "version"), &o.change))
		o.change = 0;
	Err e = read_grid(r, &o);
	e = e == OK ? outlook_save(r->c, &o, form(r, "note")) : e;
	return answer(r, p, &o, e, "Výhled je uložený.");
}

Err post_outlook_cards(Req *r) {
	Plan   *p;
	Outlook o;
	TRY(plan_of_address(r, true, &p));
	TRY(outlook_read(r->c, p, &o));
	return answer(r, p, &o, outlook_take_cards(r->c, p, CARDS_ALL), "Část z karet má teď součty karet.");
}

Err post_outlook_accept(Req *r) {
	Plan   *p;
	Outlook o;
	i64     seen;
	TRY(plan_of_address(r, true, &p));
	TRY(outlook_read(r->c, p, &o));
	if (!str_to_int(form(r, "nekryto"), &seen))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář je neúplný. Načtěte stránku znovu.");
	return answer(r, p, &o, outlook_accept(r->c, p, seen, form(r, "why")), "Nekrytá částka je vzatá na vědomí.");
}
