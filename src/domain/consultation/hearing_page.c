/* hearing_page.c: pieces that pages of hearings share. */
#include "domain/consultation/hearing_page.h"

#include <unistd.h>

#include "base/format.h"
#include "core/access.h"
#include "core/deadline.h"

static Str seats_words(Arena *a, const Seats *s) {
	CLEANUP(buf_free) Buf b = {0};
	i64 open = s->capacity - s->reserved;
	if (s->free > 0) {
		buf_format(&b, "%s ", s->free == 1 ? "volné" : s->free < 5 ? "volná" : "volných");
		fmt_count(&b, s->free, "místo", "místa", "míst");
		buf_lit(&b, " z ");
		fmt_int(&b, open);
	} else {
		buf_lit(&b, "všechna místa obsazena");
	}
	if (s->waiting > 0) {
		buf_format(&b, ", %s ", s->waiting > 1 && s->waiting < 5 ? "čekají" : "čeká");
		fmt_count(&b, s->waiting, "člověk", "lidé", "lidí");
	}
	return buf_take(&b, a);
}

Err hearing_view(Req *r, const Hearing *h, HearingView *v) {
	Arena *a = r->c->arena;
	int    year, month;
	const State *s = machine_state(&hearing_machine, h->state);
	*v = (HearingView){.h = h, .when = hearing_when(a, h), .where = hearing_where(a, h), .takes = hearing_takes(h, r->c->now), .is_over = r->c->now.ms > h->ends_at.ms,
	                   .is_cancelled = hearing_is(h, HEARING_CANCELLED), .state = s ? str_c(s->title) : h->state, .tone = s ? work_tone(s->tone) : TAG_PLAIN};
	if (hearing_is(h, HEARING_OPEN) && !v->takes) {                  /* the clock is ahead of the state */
		v->state = state_title(&hearing_machine, S(HEARING_CLOSED));
		v->tone = TAG_PLAIN;
	}
	v->href = str_format(a, "/projednani/%lld", (long long)h->head.id);
	v->until = deadline_until(a, h->signup_until);
	const Unit *u = h->district != BLANK && h->district ? territory_by_id(r->c, h->district) : NULL;
	v->district = u ? str_cat(a, S("ORP "), u->name) : (Str){0};
	date_parts(h->day, &year, &month, &v->day);
	v->month = str_format(a, "%.*s %d", STR_ARG(fmt_month(h->day)), year);
	TRY(hearing_seats(r->c, h->head.id, &v->seats));
	v->seats_words = seats_words(a, &v->seats);
	return OK;
}

Strs hearing_paragraphs(Arena *a, Str text) {
	Strs parts = {0};
	while (text.len) {
		i64 gap = str_find(text, S("\n\n"));
		Str part = str_trim(gap < 0 ? text : str_first(text, (size_t)gap));
		text = gap < 0 ? (Str){0} : str_from(text, (size_t)gap + 2);
		if (part.len)
			strs_add(a, &parts, part);
	}
	return parts;
}

/* ---- fields ---- */

FieldView hearing_field(Req *r, const char *name, const char *label, const char *hint, Str value, bool optional) {
	bool came_back = r->http->method == METHOD_POST;
	return (FieldView){.name = str_c(name), .label = str_c(label), .hint = hint ? str_c(hint) : (Str){0}, .value = came_back ? form(r, name) : value,
	                   .optional = optional, .error = field_problem(r, name)};
}

ErrorsView *hearing_errors(Req *r, const FieldView *fields, size_t count) {
	ErrorsView *v = r->http->method == METHOD_POST ? errors_view(r, fields, count) : NULL;
	r->is_error = v != NULL;
	return v;
}

SignupNew signup_typed(const Req *r) {
	return (SignupNew){.name = form(r, "name"), .organisation = form(r, "organisation"), .email = form(r, "email"), .phone = form(r, "phone"), .role = form(r, "role"),
	                   .question = form(r, "question"), .consent = form_has(r, "consent")};
}

size_t signup_fields(Req *r, FieldView *to, const Signup *s, bool with_email, bool by_office) {
	static const Signup none;
	size_t n = 0;
	s = s ? s : &none;
	to[n] = hearing_field(r, "name", "Jméno a příjmení", NULL, s->name, false);
	to[n++].autocomplete = by_office ? "off" : "name";
	if (with_email) {
		to[n] = hearing_field(r, "email", "E-mail", by_office ? "Pošleme na něj kód a odkaz pro změny." : "Pošleme na něj odkaz, kterým přihlášku potvrdíte.", s->email, by_office);
		to[n].type = "email";
		to[n++].autocomplete = by_office ? "off" : "email";
	}
	to[n] = hearing_field(r, "organisation", "Organizace nebo obec", "Za sebe přicházející občan pole nevyplňuje.", s->organisation, true);
	to[n++].autocomplete = by_office ? "off" : "organization";
	to[n] = hearing_field(r, "phone", "Telefon", NULL, s->phone, true);
	to[n].type = "tel";
	to[n].width = WIDTH_20;
	to[n++].autocomplete = by_office ? "off" : "tel";
	to[n++] = hearing_field(r, "role", "V jaké roli přicházíte", "Například starosta, pečující, vedoucí služby.", s->role, true);
	to[n] = hearing_field(r, "question", "Dotaz předem nebo co potřebujete", "Například tlumočení, místo pro vozík. Nepište údaje o zdraví ani o jiných lidech.", s->question, true);
	to[n].kind = FIELD_AREA;
	to[n++].rows = 3;
	return n;
}

Str signup_state_words(Str state, TagKind *tone) {
	const State *s = machine_state(&signup_machine, state);
	*tone = s ? work_tone(s->tone) : TAG_PLAIN;
	return s ? str_c(s->title) : state;
}

/* ---- files ---- */

Err hearing_send_file(Req *r, bool minutes) {
	Id         id;
	StoredFile f;
	TRY(arg_id(r, 0, &id));
	TRY(hearing_file(r->c, id, minutes, &f));
	return send_file(r, &f, true);
}
