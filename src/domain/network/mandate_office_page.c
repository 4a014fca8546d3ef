/* mandate_office_page.c: /app/povereni: the officer's and the provider's list, one mandate with its steps, lines without a mandate. */
#include "base/format.h"
#include "core/codelist.h"
#include "domain/network/mandate.html.h"
#include "domain/network/mandate_inside.h"
#include "domain/network/mandate_page.h"

enum { PAGE_SIZE = 50 };

Err mandate_open(Req *r, Mandate **ret) {
	Id    id;
	void *row;
	TRY(arg_id(r, 0, &id));
	TRY(entity_get(r->c, &mandate_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

/* ---- the list ---- */

static const struct { const char *word, *label; int days; } ends[] = {
	{"", "Všechna", 0}, {"ctvrtleti", "Končí v tomto čtvrtletí", -1}, {"30", "Do 30 dnů", 30}, {"90", "Do 90 dnů", 90}, {"180", "Do 180 dnů", 180},
};

static Err read_choice(Req *r, MandateQuery *q, i64 *page_no) {
	Str word = query(r, "konci");
	i64 line;
	*q = (MandateQuery){.search = query(r, "q"), .kind = query(r, "druh"), .state = query(r, "stav"), .limit = PAGE_SIZE, .day = r->c->today};
	TRY(query_int(r, "strana", 1, 1, 100000, page_no));
	TRY(query_int(r, "radek", 0, 0, INT64_MAX - 1, &line));
	q->line = line;
	q->latest_first = !word.len;                         /* what ends soon is asked by the other choices */
	q->offset = (*page_no - 1) * PAGE_SIZE;
	for (size_t i = 0; i < LEN(ends); i++)
		if (str_eq(word, str_c(ends[i].word))) {
			if (ends[i].days < 0)
				mandate_quarter(r->c->today, &q->ends_from, &q->ends_to);
			else if (ends[i].days > 0)
				*q = (MandateQuery){.search = q->search, .kind = q->kind, .state = q->state, .limit = q->limit, .offset = q->offset, .line = q->line, .day = q->day,
				                    .latest_first = q->latest_first, .ends_from = r->c->today, .ends_to = date_add(r->c->today, ends[i].days)};
			if (ends[i].days && !q->state.len)
				q->state = S(MANDATE_ACTIVE);
			if (ends[i].days < 0 && !query(r, "stav").len) {
				q->state = (Str){0};                 /* those that ended since its beginning belong to the quarter, too */
				q->issued = true;
			}
			return OK;
		}
	return fail(r->c, ERR_NOT_FOUND, NULL, "Takový výběr není. Vyberte z nabídky na stránce.");
}

static void add_link(Req *r, Links *list, const char *label, Str href) {
	*ARENA_PUSH(r->c->arena, list->at, list->len, list->cap) = (LinkView){.label = str_c(label), .href = href};
}

static Err state_field(Req *r, FieldView *f) {
	CodeItems states;
	Str       now = query(r, "stav");
	*f = (FieldView){.kind = FIELD_SELECT, .name = S("stav"), .label = S("Stav")};
	TRY(codelist_items(r->c, "mandate_state", r->c->today, &states));
	*ARENA_PUSH(r->c->arena, f->options.at, f->options.len, f->options.cap) = (OptionView){.label = S("nerozhoduje")};
	for (size_t i = 0; i < states.len; i++)
		*ARENA_PUSH(r->c->arena, f->options.at, f->options.len, f->options.cap) =
			(OptionView){.value = states.at[i]->code, .label = states.at[i]->name, .chosen = str_eq(now, states.at[i]->code)};
	return OK;
}

static Str found_words(Req *r, i64 total, const MandateQuery *q) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_count(&b, total, "pověření", "pověření", "pověření");
	if (date_is(q->ends_from)) {
		buf_lit(&b, ", poslední den ");
		fmt_date_range(&b, q->ends_from, q->ends_to);
	}
	return buf_take(&b, r->c->arena);
}

Err page_office_mandates(Req *r) {
	Arena       *a = r->c->arena;
	MandateQuery q;
	Mandates     rows;
	i64          total, page_no;
	TRY(read_choice(r, &q, &page_no));
	if (r->format != PAGE_HTML) {
		q.limit = -1;
		q.offset = 0;
		TRY(mandates_find(r->c, &q, &rows, &total));
		return mandate_export(r, &rows, r->c->today);
	}
	TRY(mandates_find(r->c, &q, &rows, &total));
	bool        is_officer = access_scope(r->c, CAP_MANDATE_READ).all;
	MandateList v = {.title = S("Pověření"), .action = S("/app/povereni"), .search = q.search, .found = found_words(r, total, &q),
	                 .lead = is_officer ? S("Návrhy, vydaná pověření a jejich konce.") : S("Pověření vašich služeb: doba, kapacita, dodatky a listiny ke stažení.")};
	TRY(state_field(r, &v.fields[v.field_count++]));
	for (size_t i = 0; i < LEN(ends); i++)
		*ARENA_PUSH(a, v.tabs.at, v.tabs.len, v.tabs.cap) = (TabView){.label = str_c(ends[i].label), .href = url_with(r, "konci", str_c(ends[i].word)),
			.current = str_eq(query(r, "konci"), str_c(ends[i].word))};
	for (size_t i = 0; i < rows.len; i++)
		TRY(mandate_row(r, rows.at[i], r->c->today, false, ARENA_PUSH(a, v.rows.at, v.rows.len, v.rows.cap)));
	add_link(r, &v.ways, "Pověření na území", S("/app/povereni/na-uzemi"));
	if (may(r->c, CAP_MANDATE_CREATE))
		add_link(r, &v.ways, "Řádky sítě bez pověření", S("/app/povereni/bez-povereni"));
	if (may(r->c, CAP_MANDATE_APPROVE))
		add_link(r, &v.ways, "Vzory pověření", S("/app/sprava/vzory-povereni"));
	add_link(r, &v.ways, "Výhrady", S("/app/sit/vyhrady"));
	add_link(r, &v.ways, "Veřejný registr", S("/povereni"));
	static const char *const suffixes[] = {"csv", "xlsx", "json"}, *const names[] = {"CSV", "XLSX", "JSON"};
	for (size_t i = 0; i < LEN(suffixes); i++)
		add_link(r, &v.downloads, names[i], url_with_format(r, suffixes[i]));
	Str here = url_with(r, "strana", (Str){0});
	v.pager = (PagerView){.label = S("Stránkování pověření"), .page = page_no, .pages = (total + PAGE_SIZE - 1) / PAGE_SIZE, .base = str_cat(a, here,
		str_has(here, S("?")) ? S("&strana=") : S("?strana="))};
	v.empty = (EmptyView){.title = S("Tady teď žádné pověření není"),
		.text = is_officer ? S("Zkuste jiný výběr, nebo připravte pověření z řádku sítě.") : S("Pověření vašich služeb se objeví, jakmile je kraj vydá.")};
	view_mandate_list(page(r, v.title), &v);
	return OK;
}

/* ---- one ---- */

/* Ending early has a form of its own: the last day. */
static bool drop_ends(WorkPanel *w) {
	size_t kept = 0;
	bool   any = false;
	for (size_t i = 0; i < w->actions.len; i++) {
		const char *action = w->actions.at[i].transition->action;
		bool is_end = strcmp(action, "end") == 0 || strcmp(action, "shorten") == 0;
		any = any || is_end;
		if (!is_end)
			w->actions.at[kept++] = w->actions.at[i];
	}
	w->actions.len = kept;
	w->has_own_steps = any;
	return any;
}

static Err show(Req *r, const Mandate *m) {
	Arena       *a = r->c->arena;
	MandatePage  v = {.href = str_format(a, "/app/povereni/%lld", (long long)m->head.id)};
	ContentItems items;
	TRY(mandate_describe(r, m, false, &v));
	TRY(work_panel(r, &mandate_machine, m->head.id, str_cat(a, v.href, S("/krok")), &v.work));
	v.may_end = drop_ends(&v.work);
	v.end_href = str_cat(a, v.href, S("/ukoncit"));
	v.is_draft = str_eq(m->state, S(MANDATE_DRAFT));
	v.may_edit = v.is_draft && may(r->c, CAP_MANDATE_UPDATE);
	v.may_amend = str_eq(m->state, S(MANDATE_ACTIVE)) && may(r->c, CAP_MANDATE_CREATE);
	if (access_scope(r->c, CAP_MANDATE_READ).all)
		TRY(mandate_warnings(r->c, m, &v.warnings));
	if (v.is_draft) {
		TRY(mandate_contents(r->c, m, &items));
		for (size_t i = 0; i < items.len; i++)
			*ARENA_PUSH(a, v.contents.at, v.contents.len, v.contents.cap) = (ContentRow){items.at[i].title, items.at[i].law, items.at[i].missing, items.at[i].is_there};
	}
	if (m->is_public)
		add_link(r, &v.rail, "Veřejná stránka", str_format(a, "/povereni/%lld", (long long)m->head.id));
	add_link(r, &v.rail, "Řádek sítě", str_format(a, "/app/sit/radky/%lld", (long long)m->line));
	if (may(r->c, "history.read"))
		add_link(r, &v.rail, "Historie", str_cat(a, v.href, S("/historie")));
	add_link(r, &v.rail, "Zpět na seznam", S("/app/povereni"));
	r->is_error = v.work.problem.text.len > 0;
	crumb(r, S("Pověření"), S("/app/povereni"));
	view_mandate_office(page(r, v.title), &v);
	return OK;
}

Err page_office_mandate(Req *r) {
	Mandate *m;
	TRY(mandate_open(r, &m));
	return show(r, m);
}

Err post_mandate_step(Req *r) {
	Mandate *m;
	TRY(mandate_open(r, &m));
	Err err = work_submit(r, &mandate_machine, m->head.id);
	if (err == ERR_INVALID || err == ERR_CONFLICT)
		return show(r, m);
	TRY(err);
	return redirect(r, "/app/povereni/%lld", (long long)m->head.id);
}

/* ---- lines without a mandate ---- */

static Err add_uncovered(Req *r, const LineWhole *w, Date day, UncoveredPage *v) {
	Mandates all;
	Date     until = {0};
	bool     covered = false;
	Arena   *a = r->c->arena;
	TRY(mandates_of_line(r->c, w->line->head.id, &all));
	for (size_t i = 0; i < all.len; i++) {
		covered = covered || (!date_before(day, all.at[i]->first_day) && !date_after(day, all.at[i]->ends_on));
		if (all.at[i]->is_public && date_after(all.at[i]->ends_on, until))
			until = all.at[i]->ends_on;
	}
	if (covered)
		return OK;
	CLEANUP(buf_free) Buf b = {0};
	if (date_is(until))
		fmt_date(&b, until);
	Date from = date_is(until) && date_after(until, date_add(day, -60)) && date_before(until, day) ? date_add(until, 1) : day;
	char iso[DATE_ISO_LEN];
	*ARENA_PUSH(a, v->rows.at, v->rows.len, v->rows.cap) = (UncoveredRow){
		.href = str_format(a, "/app/povereni/novy?radek=%lld&od=%.*s", (long long)w->line->head.id, STR_ARG(date_iso(from, iso))), .name = w->line->name,
			.provider = w->provider,
		.kind = codelist_name(r->c, "service_kind", w->line->kind), .capacity = mandate_capacity_text(r->c, w->line->capacity, w->line->unit),
		.until = date_is(until) ? str_cat(a, S("do "), buf_take(&b, a)) : S("žádné")};
	return OK;
}

Err page_uncovered(Req *r) {
	Networks      all;
	Date          day;
	UncoveredPage v = {.title = S("Řádky sítě bez pověření"),
		.lead = S("Služby, které jsou ke zvolenému dni v síti a nemají na něj pověření ani jeho návrh."), .may_prepare = may(r->c, CAP_MANDATE_CREATE)};
	TRY(query_date(r, "ke-dni", r->c->today, &day));
	TRY(networks_all(r->c, &all));
	for (size_t n = 0; n < all.len && access_scope(r->c, CAP_MANDATE_READ).all; n++) {
		LineWholes lines;
		TRY(lines_of(r->c, all.at[n]->head.id, (AsOf){.valid = day}, &lines));
		for (size_t i = 0; i < lines.len; i++)
			if (line_counts(lines.at[i].line))
				TRY(add_uncovered(r, &lines.at[i], day, &v));
	}
	CLEANUP(buf_free) Buf b = {0}, d = {0};
	fmt_count(&b, (i64)v.rows.len, "řádek bez pověření", "řádky bez pověření", "řádků bez pověření");
	fmt_date(&d, day);
	v.found = buf_take(&b, r->c->arena);
	v.day = (FieldView){.kind = FIELD_DATE, .name = S("ke-dni"), .label = S("Ke dni"), .value = buf_take(&d, r->c->arena)};
	crumb(r, S("Pověření"), S("/app/povereni"));
	view_uncovered(page(r, v.title), &v);
	return OK;
}
