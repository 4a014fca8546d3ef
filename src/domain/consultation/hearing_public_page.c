/* hearing_public_page.c: what everybody sees: the list, one hearing with its form, the entry for a calendar. */
#include "base/format.h"
#include "base/ical.h"
#include "core/access.h"
#include "core/settings.h"
#include "domain/consultation/hearing.html.h"
#include "domain/consultation/hearing_page.h"

enum { PAST_SHOWN = 50 };

static Err add_views(Req *r, const Hearings *list, HearingViews *to) {
	for (size_t i = 0; i < list->len; i++) {
		HearingView v;
		TRY(hearing_view(r, list->at[i], &v));
		*ARENA_PUSH(r->c->arena, to->at, to->len, to->cap) = v;
	}
	return OK;
}

Err page_hearings(Req *r) {
	Hearings    coming, past;
	HearingList v = {0};
	TRY(hearing_coming(r->c, &coming));
	TRY(hearing_past(r->c, PAST_SHOWN, &past));
	TRY(add_views(r, &coming, &v.coming));
	TRY(add_views(r, &past, &v.past));
	crumb(r, S("Připomínky a projednání"), S("/pripominky"));
	r->description = S("Veřejná projednání plánů sociálních služeb: kdy a kde se konají, přihlášení a zápisy.");
	view_hearing_list(page(r, S("Veřejná projednání")), &v);
	return OK;
}

static Err cancelled_why(Req *r, const Hearing *h, Str *ret) {
	WorkSteps steps;
	*ret = (Str){0};
	if (!hearing_is(h, HEARING_CANCELLED))
		return OK;
	TRY(workflow_steps(r->c, &hearing_machine, h->head.id, &steps));
	*ret = steps.len ? steps.at[steps.len - 1].reason : (Str){0};
	return OK;
}

static Err add_files(Req *r, const Hearing *h, HearingPage *v) {
	StoredFile f;
	if (!hearing_is(h, HEARING_MINUTES))
		return OK;
	v->minutes = hearing_paragraphs(r->c->arena, h->minutes);
	if (h->minutes_file != BLANK && h->minutes_file) {
		TRY(hearing_file(r->c, h->head.id, true, &f));
		v->minutes_file = f.name;
	}
	if (h->slides_file != BLANK && h->slides_file) {
		TRY(hearing_file(r->c, h->head.id, false, &f));
		v->slides_file = f.name;
	}
	return OK;
}

static void add_form(Req *r, HearingPage *v) {
	v->field_count = signup_fields(r, v->fields, NULL, true, false);
	v->consent = (FieldView){.kind = FIELD_CHECK, .name = S("consent"), .value = S("1"), .chosen = form_has(r, "consent"), .error = field_problem(r, "consent"),
	                         .label = S("Beru na vědomí, jak s údaji nakládáte")};
	FieldView all[LEN(v->fields) + 1];
	memcpy(all, v->fields, sizeof v->fields);
	all[v->field_count] = v->consent;
	v->errors = hearing_errors(r, all, v->field_count + 1);
}

static Err show_hearing(Req *r, const Hearing *h) {
	Arena      *a = r->c->arena;
	HearingPage v = {.is_sent = str_eq(query(r, "odeslano"), S("1"))};
	TRY(hearing_view(r, h, &v.v));
	TRY(cancelled_why(r, h, &v.cancelled_why));
	TRY(add_files(r, h, &v));
	TRY(hearing_bound_public(r, h, &v.bound));
	v.about = hearing_paragraphs(a, h->about);
	v.ics = str_cat(a, v.v.href, S("/kalendar.ics"));
	v.action = v.v.href;
	v.csrf = csrf_token(r, v.action);
	v.mail_href = str_cat(a, S("mailto:"), h->contact_email);
	v.phone = phone_link(a, h->contact_phone);
	v.keep_days = str_format(a, "%lld", (long long)setting_int(r->c, "keep.hearing_days"));
	v.may_manage = may(r->c, CAP_HEARING_READ) && access_scope(r->c, CAP_HEARING_READ).all;
	v.manage_href = str_format(a, "/app/projednani/%lld", (long long)h->head.id);
	add_form(r, &v);
	crumb(r, S("Připomínky a projednání"), S("/pripominky"));
	crumb(r, S("Veřejná projednání"), S("/projednani"));
	view_hearing(page(r, h->title), &v);
	return OK;
}

static Err asked_hearing(Req *r, Hearing **ret) {
	Id id;
	TRY(arg_id(r, 0, &id));
	return hearing_public(r->c, id, ret);
}

Err page_hearing(Req *r) {
	Hearing *h;
	TRY(asked_hearing(r, &h));
	return show_hearing(r, h);
}

/* People do not see the field "adresa-webu": what fills it in gets the same answer and nothing else. */
Err post_signup(Req *r) {
	static const char *const known[] = {"name", "email", "organisation", "phone", "role", "question", "consent", "adresa-webu", NULL};
	Hearing *h;
	TRY(asked_hearing(r, &h));
	TRY(form_only(r, known));
	SignupNew n = signup_typed(r);
	Err e = form(r, "adresa-webu").len ? OK : signup_ask(r->c, h->head.id, &n, r->http->client);
	if (e == ERR_INVALID || e == ERR_CONFLICT) {
		set_status(r, e == ERR_INVALID ? 422 : 409);
		return show_hearing(r, h);
	}
	TRY(e);
	return redirect(r, "/projednani/%lld?odeslano=1", (long long)h->head.id);
}

/* ---- for calendars ---- */

Err page_hearing_ics(Req *r) {
	Hearing *h;
	Arena   *a = r->c->arena;
	TRY(asked_hearing(r, &h));
	Str file = str_format(a, "projednani-%lld.ics", (long long)h->head.id);
	send_as(r, S("text/calendar; charset=utf-8"), file);
	Buf *b = r->out;
	buf_lit(b, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Síťovka//Projednání//CS\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\n");
	ical_line(b, str_format(a, "UID:projednani-%lld@%.*s.sitovka", (long long)h->head.id, STR_ARG(setting_text(r->c, "region.code"))));
	ical_utc(b, "DTSTAMP", h->published_at);
	ical_line(b, str_format(a, "SEQUENCE:%lld", (long long)h->head.version - 1));
	ical_utc(b, "DTSTART", h->begins_at);
	ical_utc(b, "DTEND", h->ends_at);
	ical_text(b, "SUMMARY", h->title);
	ical_text(b, "LOCATION", hearing_where(a, h));
	ical_text(b, "DESCRIPTION", str_format(a, "%.*s%s%.*s", STR_ARG(h->online_url), h->online_url.len ? "\n" : "", STR_ARG(h->about)));
	ical_line(b, str_cat(a, S("URL:"), url_absolute(r, str_format(a, "/projednani/%lld", (long long)h->head.id))));
	ical_line(b, hearing_is(h, HEARING_CANCELLED) ? S("STATUS:CANCELLED") : S("STATUS:CONFIRMED"));
	buf_lit(b, "END:VEVENT\r\nEND:VCALENDAR\r\n");
	return OK;
}

Err page_hearing_minutes(Req *r) {
	return hearing_send_file(r, true);
}

Err page_hearing_slides(Req *r) {
	return hearing_send_file(r, false);
}
