/* hearing_office_page.c: one hearing for officers, its printed list, its seats in the ledger. */
#include <stdlib.h>

#include "base/format.h"
#include "base/text.h"
#include "core/access.h"
#include "core/journal.h"
#include "core/ledger.h"
#include "domain/consultation/hearing_office.html.h"
#include "domain/consultation/hearing_page.h"
#include "domain/consultation/inside.h"

enum { LINES_SHOWN = 500 };

static Str href_of(Req *r, Id id, const char *rest) {
	return str_format(r->c->arena, "/app/projednani/%lld%s", (long long)id, rest);
}

Err hearing_of_page(Req *r, Hearing **ret, HearingView *v) {
	Id id;
	TRY(arg_id(r, 0, &id));
	TRY(hearing_mine(r->c, id, ret));
	TRY(hearing_view(r, *ret, v));
	crumb(r, S("Projednání"), S("/app/projednani"));
	crumb(r, (*ret)->title, href_of(r, id, ""));
	return OK;
}

/* ---- the list ---- */

static int later_first(const void *x, const void *y) {
	const HearingView *a = x, *b = y;
	return a->h->begins_at.ms < b->h->begins_at.ms ? 1 : a->h->begins_at.ms > b->h->begins_at.ms ? -1 : 0;
}

Err page_hearings_office(Req *r) {
	EntityList        rows;
	ListQuery         all = {.limit = LINES_SHOWN, .descending = true};
	HearingOfficeList v = {.may_add = may(r->c, CAP_HEARING_CREATE), .may_see_people = may(r->c, CAP_HEARING_UPDATE)};
	if (r->format != PAGE_HTML)
		return list_export(r, &hearing_entity, &all);
	TRY(entity_list(r->c, &hearing_entity, &all, &rows));
	for (size_t i = 0; i < rows.len; i++) {
		HearingView x;
		TRY(hearing_view(r, rows.at[i], &x));
		x.href = href_of(r, x.h->head.id, "");
		*ARENA_PUSH(r->c->arena, v.list.at, v.list.len, v.list.cap) = x;
	}
	if (v.list.len > 1)
		qsort(v.list.at, v.list.len, sizeof *v.list.at, later_first);
	v.downloads = (Links)LIST_OF(LinkView, LINK("XLSX", "/app/projednani.xlsx"), LINK("CSV", "/app/projednani.csv"));
	view_hearings_office(page(r, S("Projednání")), &v);
	return OK;
}

/* ---- the hearing ---- */

static void add_facts(Req *r, const Hearing *h, PairViews *pairs) {
	static const char *const names[] = {"about", "day", "starts", "ends", "building", "room", "online_url", "accessibility", "district", "policy", "quota", "contact",
	                                    "contact_email", "contact_phone", "notice_waiver"};
	for (size_t i = 0; i < LEN(names); i++) {
		PairView p = pair_view(r, entity_field(&hearing_entity, str_c(names[i])), h);
		if (p.value.len)
			*ARENA_PUSH(r->c->arena, pairs->at, pairs->len, pairs->cap) = p;
	}
}

static Str number(Req *r, i64 n) {
	CLEANUP(buf_free) Buf b = {0};
	fmt_int(&b, n);
	return buf_take(&b, r->c->arena);
}

static void add_numbers(Req *r, const Seats *s, KpiViews *to) {
	struct { const char *label; i64 n; } all[] = {{"Míst celkem", s->capacity}, {"Obsazeno", s->taken}, {"Volných", s->free}, {"Vyhrazených volných", s->reserved}, {"Čeká", s->waiting}};
	for (size_t i = 0; i < LEN(all); i++)
		*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) = (KpiView){.label = str_c(all[i].label), .value = number(r, all[i].n)};
}

static void add_link(Req *r, HearingOffice *v, const char *label, Str href) {
	*ARENA_PUSH(r->c->arena, v->links.at, v->links.len, v->links.cap) = (LinkView){.label = str_c(label), .href = href};
}

static void add_links(Req *r, const Hearing *h, HearingOffice *v) {
	Id   id = h->head.id;
	bool lists = may(r->c, CAP_HEARING_UPDATE) && hearing_in_reach(r->c, CAP_HEARING_UPDATE, h);
	if (hearing_is_published(h))
		add_link(r, v, "Veřejná stránka projednání", str_format(r->c->arena, "/projednani/%lld", (long long)id));
	if (lists && hearing_is_published(h)) {
		add_link(r, v, "Přihlášky", href_of(r, id, "/prihlasky"));
		add_link(r, v, "Prezence u vchodu", href_of(r, id, "/prezence"));
		add_link(r, v, "Seznam k tisku", href_of(r, id, "/tisk"));
	}
	if (lists && (hearing_is(h, HEARING_HELD)))
		add_link(r, v, "Zápis a prezentace", href_of(r, id, "/zapis"));
	if (lists)
		add_link(r, v, "Kniha míst", href_of(r, id, "/mista"));
	if (may(r->c, "history.read"))
		add_link(r, v, "Historie", href_of(r, id, "/historie"));
}

static Err show_office(Req *r, Id id) {
	Hearing      *h;
	WorkPanel     panel;
	HearingOffice v = {0};
	TRY(hearing_get(r->c, id, &h));
	TRY(hearing_view(r, h, &v.v));
	TRY(work_panel(r, &hearing_machine, id, href_of(r, id, ""), &panel));
	v.panel = &panel;
	v.may_edit = may(r->c, CAP_HEARING_UPDATE) && hearing_in_reach(r->c, CAP_HEARING_UPDATE, h) &&
	             (hearing_is(h, HEARING_DRAFT) || hearing_is(h, HEARING_OPEN) || hearing_is(h, HEARING_CLOSED));
	v.edit_href = href_of(r, id, "/upravit");
	add_facts(r, h, &v.pairs);
	add_numbers(r, &v.v.seats, &v.numbers);
	add_links(r, h, &v);
	TRY(hearing_bound_office(r, h, v.may_edit, &v));
	crumb(r, S("Projednání"), S("/app/projednani"));
	view_hearing_office(page(r, h->title), &v);
	return OK;
}

Err page_hearing_office(Req *r) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return show_office(r, id);
}

Err post_hearing_office(Req *r) {
	Id id;
	TRY(arg_id(r, 0, &id));
	Err e = work_submit(r, &hearing_machine, id);
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return show_office(r, id);
	TRY(e);
	return redirect(r, "/app/projednani/%lld", (long long)id);
}

/* ---- the list to print ---- */

static int by_name(const void *x, const void *y) {
	const SignupRow *a = x, *b = y;
	int n = str_cmp(a->place, b->place);
	return n ? n : a->s->head.id < b->s->head.id ? -1 : 1;
}

Err page_hearing_print(Req *r) {
	Hearing   *h;
	Signups    list;
	SignupList v = {0};
	TRY(hearing_of_page(r, &h, &v.v));
	TRY(signup_list(r->c, h->head.id, (Str){0}, &list));
	journal_viewed(r->c, hearing_entity.name, h->head.id, 0);
	for (size_t i = 0; i < list.len; i++)
		if (str_eq(list.at[i]->state, S(SIGNUP_CONFIRMED)) || str_eq(list.at[i]->state, S(SIGNUP_ATTENDED))) {
			SignupRow row = signup_row(r, h, list.at[i]);
			row.place = text_sort_key(r->c->arena, list.at[i]->name);
			*ARENA_PUSH(r->c->arena, v.rows.at, v.rows.len, v.rows.cap) = row;
		}
	if (v.rows.len > 1)
		qsort(v.rows.at, v.rows.len, sizeof *v.rows.at, by_name);
	view_hearing_print(page(r, S("Prezenční listina")), &v);
	return OK;
}

/* ---- seats in the ledger ---- */

static const char *reason_words(Str reason) {
	static const struct { const char *reason, *words; } known[] = {
		{"open", "otevření míst"}, {"capacity", "změna počtu míst"}, {"confirm", "potvrzená přihláška"}, {"promote", "postup z pořadí"},
		{"admit", "místo přidělil úřad"}, {"cancel", "přihlášku zrušil úřad"}, {"withdraw", "odhlášení"}, {"call_off", "zrušení projednání"}};
	for (size_t i = 0; i < LEN(known); i++)
		if (str_eq(reason, str_c(known[i].reason)))
			return known[i].words;
	return "pohyb";
}

static void add_side(SeatLine *to, const LedgerLine *line) {
	struct { const char *name; i64 *to; } known[] = {{SEATS_FREE, &to->free}, {SEATS_RESERVED, &to->reserved}, {SEATS_TAKEN, &to->taken},
	                                                 {SEATS_CAPACITY, &to->capacity}};
	for (size_t i = 0; i < LEN(known); i++)
		if (str_eq(line->name, str_c(known[i].name)))
			*known[i].to += line->amount;
}

static SeatLine seat_line(Req *r, const LedgerLine *line) {
	CLEANUP(buf_free) Buf b = {0};
	Signup *s;
	fmt_instant(&b, line->at);
	SeatLine x = {.when = buf_take(&b, r->c->arena), .what = str_c(reason_words(line->reason))};
	size_t said = r->c->problems.len;
	if (str_eq(line->object, S("signup")) && signup_load(r->c, line->object_id, &s) == OK)
		x.cause = signup_code_shown(r->c->arena, s->code);
	r->c->problems.len = said;
	return x;
}

Err page_hearing_seats(Req *r) {
	Hearing    *h;
	LedgerLines lines;
	Id          entry = 0;
	SeatPage    v = {0};
	TRY(hearing_of_page(r, &h, &v.v));
	TRY(ledger_lines(r->c, SEATS_BOOK, "hearing", h->head.id, LINES_SHOWN, &lines));
	for (size_t i = 0; i < lines.len; i++) {
		if (lines.at[i].entry != entry)
			*ARENA_PUSH(r->c->arena, v.lines.at, v.lines.len, v.lines.cap) = seat_line(r, &lines.at[i]);
		entry = lines.at[i].entry;
		add_side(&v.lines.at[v.lines.len - 1], &lines.at[i]);
	}
	view_hearing_seats(page(r, S("Kniha míst")), &v);
	return OK;
}

Err page_hearing_office_minutes(Req *r) {
	return hearing_send_file(r, true);
}

Err page_hearing_office_slides(Req *r) {
	return hearing_send_file(r, false);
}
