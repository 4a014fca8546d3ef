/* signup_office_page.c: who signed up, the clerk's entry, cancelling, a seat by hand; the door. */
#include "base/text.h"
#include "core/access.h"
#include "core/codelist.h"
#include "core/journal.h"
#include "domain/consultation/hearing_office.html.h"
#include "domain/consultation/hearing_page.h"
#include "domain/consultation/inside.h"

static Str href_of(Req *r, Id id, const char *rest) {
	return str_format(r->c->arena, "/app/projednani/%lld%s", (long long)id, rest);
}

SignupRow signup_row(Req *r, const Hearing *h, const Signup *s) {
	SignupRow row = {.s = s, .code = signup_code_shown(r->c->arena, s->code), .channel = codelist_name(r->c, "signup_channel", s->channel)};
	bool before = r->c->now.ms < h->begins_at.ms;
	row.state = signup_state_words(s->state, &row.tone);
	row.may_check_in = str_eq(s->state, S(SIGNUP_CONFIRMED)) && date_eq(h->day, r->c->today);
	row.may_undo = str_eq(s->state, S(SIGNUP_ATTENDED)) && date_eq(h->day, r->c->today);
	row.may_cancel = before && (str_eq(s->state, S(SIGNUP_CONFIRMED)) || str_eq(s->state, S(SIGNUP_WAITLISTED)) || str_eq(s->state, S(SIGNUP_UNCONFIRMED)));
	row.cancel_href = str_format(r->c->arena, "/app/projednani/%lld/prihlasky/%lld/zrusit", (long long)h->head.id, (long long)s->head.id);
	return row;
}

/* ---- the list ---- */

static const struct { const char *word, *state, *label; } views[] = {
	{"", "", "Všechny"}, {"misto", SIGNUP_CONFIRMED, "Mají místo"}, {"cekaji", SIGNUP_WAITLISTED, "Čekají"}, {"nepotvrzene", SIGNUP_UNCONFIRMED, "Nepotvrzené"},
	{"prisli", SIGNUP_ATTENDED, "Přišli"}, {"zrusene", SIGNUP_CANCELLED, "Zrušené"}};

static Err asked_state(Req *r, Str *ret) {
	Str word = query(r, "stav");
	for (size_t i = 0; i < LEN(views); i++)
		if (str_eq(word, str_c(views[i].word))) {
			*ret = str_c(views[i].state);
			return OK;
		}
	return fail(r->c, ERR_MALFORMED, NULL, "Takový stav přihlášky není. Vyberte jeden z nabízených.");
}

static Err export_list(Req *r, const Hearing *h) {
	ListFilter by_hearing = {.field = entity_field(&signup_entity, S("hearing")), .value = str_format(r->c->arena, "%lld", (long long)h->head.id)};
	return list_export(r, &signup_entity, &(ListQuery){.filters = &by_hearing, .filter_count = 1});
}

static void add_record_form(Req *r, SignupList *v) {
	static const char *const channels[] = {"phone", "email", "person"};
	Str chosen = form(r, "channel");
	v->field_count = signup_fields(r, v->fields, NULL, true, true);
	v->channel = (FieldView){.kind = FIELD_SELECT, .name = S("channel"), .label = S("Jak přihláška přišla"), .error = field_problem(r, "channel"), .width = WIDTH_20};
	for (size_t i = 0; i < LEN(channels); i++)
		*ARENA_PUSH(r->c->arena, v->channel.options.at, v->channel.options.len, v->channel.options.cap) =
			(OptionView){.value = str_c(channels[i]), .label = codelist_name(r->c, "signup_channel", str_c(channels[i])), .chosen = str_eq(chosen, str_c(channels[i]))};
	v->reserved = (FieldView){.kind = FIELD_CHECK, .name = S("reserved"), .value = S("1"), .label = S("Použít vyhrazené místo"), .chosen = form_has(r, "reserved"),
	                          .error = field_problem(r, "reserved")};
	v->consent = (FieldView){.kind = FIELD_CHECK, .name = S("consent"), .value = S("1"), .label = S("Člověk ví, jak s jeho údaji nakládáme"), .chosen = form_has(r, "consent"),
	                         .error = field_problem(r, "consent")};
	FieldView all[LEN(v->fields) + 3];
	memcpy(all, v->fields, sizeof v->fields);
	all[v->field_count] = v->channel;
	all[v->field_count + 1] = v->reserved;
	all[v->field_count + 2] = v->consent;
	v->errors = hearing_errors(r, all, v->field_count + 3);
}

static Err show_list(Req *r) {
	Hearing   *h;
	Signups    list;
	Str        state = {0};
	Arena     *a = r->c->arena;
	SignupList v = {0};
	TRY(asked_state(r, &state));
	TRY(hearing_of_page(r, &h, &v.v));
	journal_viewed(r->c, hearing_entity.name, h->head.id, 0);
	if (r->format != PAGE_HTML)
		return export_list(r, h);
	TRY(signup_list(r->c, h->head.id, state, &list));
	for (size_t i = 0; i < list.len; i++) {
		SignupRow row = signup_row(r, h, list.at[i]);
		i64       place;
		TRY(signup_place(r->c, list.at[i], &place));
		row.place = place ? str_format(a, "%lld.", (long long)place) : (Str){0};
		*ARENA_PUSH(a, v.rows.at, v.rows.len, v.rows.cap) = row;
	}
	v.action = href_of(r, h->head.id, "/prihlasky");
	v.csrf = csrf_token(r, v.action);
	v.admit_action = href_of(r, h->head.id, "/pridelit");
	v.admit_csrf = csrf_token(r, v.admit_action);
	for (size_t i = 0; i < LEN(views); i++)
		*ARENA_PUSH(a, v.tabs.at, v.tabs.len, v.tabs.cap) = (TabView){.label = str_c(views[i].label), .current = str_eq(query(r, "stav"), str_c(views[i].word)),
			.href = views[i].word[0] ? str_format(a, "%.*s?stav=%s", STR_ARG(v.action), views[i].word) : v.action};
	v.downloads = (Links)LIST_OF(LinkView, {.label = S("XLSX"), .href = str_cat(a, v.action, S(".xlsx"))}, {.label = S("CSV"), .href = str_cat(a, v.action, S(".csv"))});
	v.may_record = (hearing_is(h, HEARING_OPEN) || hearing_is(h, HEARING_CLOSED)) && r->c->now.ms < h->ends_at.ms;
	v.may_admit = v.may_record && v.v.seats.free > 0 && v.v.seats.waiting > 0;
	add_record_form(r, &v);
	view_signup_list(page(r, S("Přihlášky")), &v);
	return OK;
}

Err page_signups(Req *r) {
	return show_list(r);
}

Err post_signup_record(Req *r) {
	static const char *const known[] = {"name", "email", "organisation", "phone", "role", "question", "consent", "channel", "reserved", NULL};
	Id id, made;
	TRY(arg_id(r, 0, &id));
	TRY(form_only(r, known));
	SignupNew n = signup_typed(r);
	Err e = signup_record(r->c, id, &n, form(r, "channel"), form_has(r, "reserved"), &made);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, e == ERR_INVALID ? 422 : 409);
		return show_list(r);
	}
	TRY(e);
	Signup *s;
	TRY(signup_load(r->c, made, &s));
	notice(r, str_eq(s->state, S(SIGNUP_CONFIRMED)) ? "Přihláška je zapsaná, kód pro vchod je %.*s." : "Přihláška %.*s je zapsaná a čeká na místo.",
	       STR_ARG(signup_code_shown(r->c->arena, s->code)));
	return redirect(r, "/app/projednani/%lld/prihlasky", (long long)id);
}

Err post_signup_admit(Req *r) {
	static const char *const none[] = {NULL};
	Id      id;
	Signup *s;
	TRY(arg_id(r, 0, &id));
	TRY(form_only(r, none));
	TRY(signup_admit(r->c, id, &s));
	notice(r, "Místo má %.*s, kód %.*s.", STR_ARG(s->name), STR_ARG(signup_code_shown(r->c->arena, s->code)));
	return redirect(r, "/app/projednani/%lld/prihlasky", (long long)id);
}

/* ---- cancelling ---- */

static Err asked_signup(Req *r, const Hearing *h, Signup **ret) {
	i64 id;
	if (!str_to_int(arg(r, 1), &id))
		return fail(r->c, ERR_NOT_FOUND, NULL, "Taková přihláška není.");
	TRY(signup_get(r->c, id, ret));
	return (*ret)->hearing == h->head.id ? OK : fail(r->c, ERR_NOT_FOUND, NULL, "Taková přihláška u tohoto projednání není.");
}

static Err show_cancel(Req *r) {
	Hearing   *h;
	Signup    *s;
	CancelPage v = {0};
	TRY(hearing_of_page(r, &h, &v.v));
	TRY(asked_signup(r, h, &s));
	v.row = signup_row(r, h, s);
	v.action = v.row.cancel_href;
	v.csrf = csrf_token(r, v.action);
	v.back = href_of(r, h->head.id, "/prihlasky");
	v.reason = hearing_field(r, "reason", "Důvod", "Pošleme jej přihlášenému, má-li e-mail.", (Str){0}, false);
	v.reason.kind = FIELD_AREA;
	v.errors = hearing_errors(r, &v.reason, 1);
	crumb(r, S("Přihlášky"), v.back);
	view_signup_cancel(page(r, S("Zrušit přihlášku")), &v);
	return OK;
}

Err page_signup_cancel(Req *r) {
	return show_cancel(r);
}

Err post_signup_cancel(Req *r) {
	static const char *const known[] = {"reason", NULL};
	Hearing    *h;
	Signup     *s;
	HearingView v;
	TRY(form_only(r, known));
	TRY(hearing_of_page(r, &h, &v));
	r->crumb_count = 0;
	TRY(asked_signup(r, h, &s));
	Err e = signup_cancel(r->c, s->head.id, form(r, "reason"));
	if (e == ERR_INVALID) {
		set_status(r, 422);
		return show_cancel(r);
	}
	TRY(e);
	notice(r, "Přihláška %.*s je zrušená.", STR_ARG(signup_code_shown(r->c->arena, s->code)));
	return redirect(r, "/app/projednani/%lld/prihlasky", (long long)h->head.id);
}

/* ---- the door ---- */

static bool is_found(Req *r, const Signup *s, Str folded) {
	if (!folded.len)
		return true;
	Str name = text_fold(r->c->arena, s->name), organisation = text_fold(r->c->arena, s->organisation);
	return str_has(name, folded) || str_has(organisation, folded);
}

static bool is_expected(const Signup *s) {
	return str_eq(s->state, S(SIGNUP_CONFIRMED)) || str_eq(s->state, S(SIGNUP_ATTENDED)) || str_eq(s->state, S(SIGNUP_WAITLISTED));
}

static Err show_door(Req *r) {
	Hearing    *h;
	Signups     list;
	CheckInPage v = {.search = query(r, "q")};
	TRY(hearing_of_page(r, &h, &v.v));
	TRY(signup_list(r->c, h->head.id, (Str){0}, &list));
	journal_viewed(r->c, hearing_entity.name, h->head.id, 0);
	Str folded = text_fold(r->c->arena, v.search);
	v.action = href_of(r, h->head.id, "/prezence");
	v.csrf = csrf_token(r, v.action);
	v.is_the_day = date_eq(h->day, r->c->today);
	Str undo = csrf_token(r, str_cat(r->c->arena, v.action, S("/zpet")));
	for (size_t i = 0; i < list.len; i++) {
		const Signup *s = list.at[i];
		bool present = str_eq(s->state, S(SIGNUP_ATTENDED));
		v.present += present;
		v.expected += present || str_eq(s->state, S(SIGNUP_CONFIRMED));
		if (!is_expected(s) || !is_found(r, s, folded))
			continue;
		SignupRow row = signup_row(r, h, s);
		row.undo_csrf = undo;
		*ARENA_PUSH(r->c->arena, v.rows.at, v.rows.len, v.rows.cap) = row;
	}
	if (r->http->method == METHOD_POST)
		v.problem = first_problem(r->c);
	r->is_error = v.problem.len > 0;
	view_check_in(page(r, S("Prezence")), &v);
	return OK;
}

Err page_check_in(Req *r) {
	return show_door(r);
}

Err post_check_in(Req *r) {
	static const char *const known[] = {"kod", NULL};
	Id      id;
	Signup *s;
	TRY(arg_id(r, 0, &id));
	TRY(form_only(r, known));
	Err e = signup_check_in(r->c, id, form(r, "kod"), &s);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, e == ERR_INVALID ? 422 : 409);
		return show_door(r);
	}
	TRY(e);
	notice(r, "Přítomnost zapsána: %.*s%s%.*s, kód %.*s.", STR_ARG(s->name), s->organisation.len ? ", " : "", STR_ARG(s->organisation),
	       STR_ARG(signup_code_shown(r->c->arena, s->code)));
	return redirect(r, "/app/projednani/%lld/prezence", (long long)id);
}

Err post_check_in_undo(Req *r) {
	static const char *const known[] = {"prihlaska", NULL};
	Id  id;
	i64 signup;
	Signup *s;
	TRY(arg_id(r, 0, &id));
	TRY(form_only(r, known));
	if (!str_to_int(form(r, "prihlaska"), &signup))
		return fail(r->c, ERR_MALFORMED, NULL, "Formulář není úplný. Načtěte stránku znovu.");
	TRY(signup_get(r->c, signup, &s));
	TRY(signup_undo_check_in(r->c, signup));
	notice(r, "Přítomnost je vzatá zpět: %.*s.", STR_ARG(s->name));
	return redirect(r, "/app/projednani/%lld/prezence", (long long)id);
}
