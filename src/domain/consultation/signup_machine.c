/* signup_machine.c: the way of one sign-up. People without an account act by links; the program takes those steps for them once the link holds. */
#include "core/access.h"
#include "core/settings.h"
#include "domain/consultation/inside.h"

#define HOUR_MS (INT64_C(3600) * 1000)

ENTITY(signup_entity, Signup, SIGNUP_FIELDS, .name = "signup", .table = "signup", .one = "přihláška na projednání", .many = "přihlášky na projednání",
       .of_many = "přihlášek na projednání", .article = "f", .title = "code", .order = "position", .read = CAP_HEARING_UPDATE, .write = CAP_HEARING_UPDATE,
       .scope_district = "district", .is_personal = true)

/* ---- guards ---- */

static Err hearing_of_signup(Ctx *c, const WorkObject *o, Hearing **ret) {
	return hearing_load(c, ((const Signup *)o->row)->hearing, ret);
}

static Err is_the_day(Ctx *c, const WorkObject *o, Verdict *ret) {
	Hearing *h;
	TRY(hearing_of_signup(c, o, &h));
	if (!date_eq(h->day, c->today))
		*ret = (Verdict){REFUSED, str_format(c->arena, "Projednání je %.*s.", STR_ARG(hearing_when(c->arena, h))), S("Přítomnost se zapisuje v den projednání.")};
	return OK;
}
static const Guard on_the_day = {"on_the_day", "Přítomnost se zapisuje v den projednání.", is_the_day, .waived = NULL};

static Err is_before(Ctx *c, const WorkObject *o, Verdict *ret) {
	Hearing *h;
	TRY(hearing_of_signup(c, o, &h));
	if (c->now.ms >= h->begins_at.ms)
		*ret = (Verdict){REFUSED, S("Projednání už začalo."), S("Kdo nepřišel, pozná se podle prezence; rušit už není co.")};
	return OK;
}
static const Guard before_start = {"before_start", "Rušit jde do začátku projednání.", is_before, .waived = NULL};

static Err is_next(Ctx *c, const WorkObject *o, Verdict *ret) {
	Hearing *h;
	Id       next;
	TRY(hearing_of_signup(c, o, &h));
	TRY(signup_next(c, h, true, &next));
	if (next != o->id)
		*ret = (Verdict){REFUSED, next ? S("Před ním čeká někdo jiný.") : S("Žádné místo není volné."),
		                 next ? S("Přidělte místo tomu, kdo je v pořadí první.") : S("Zvětšete kapacitu, nebo počkejte, až se někdo odhlásí.")};
	return OK;
}
static const Guard first_in_order = {"first_in_order", "Místo dostává první v pořadí, když je volné.", is_next, .waived = NULL};

/* ---- how long ---- */

/* 48 hours, but never past the beginning of the hearing. */
static Err until_confirmed(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	const Signup *s = o->row;
	Hearing      *h;
	TRY(hearing_of_signup(c, o, &h));
	i64 hours = setting_int(c, "hearing.confirm_hours");
	*ret = (Instant){s->registered_at.ms + hours * HOUR_MS};
	if (ret->ms > h->begins_at.ms)
		*ret = h->begins_at;
	*why = str_format(c->arena, "Na potvrzení je %lld hodin od přihlášení, nejdéle do začátku projednání.", (long long)hours);
	return OK;
}

static Err describe(Ctx *c, WorkObject *o) {
	const Signup *s = o->row;
	o->title = str_format(c->arena, "přihláška %.*s", STR_ARG(signup_code_shown(c->arena, s->code)));
	o->link = str_format(c->arena, "/app/projednani/%lld/prihlasky", (long long)s->hearing);
	o->district = s->district == BLANK ? 0 : s->district;
	return OK;
}

const Machine signup_machine = {
	.name = "signup", .title = "Přihláška na projednání", .entity = &signup_entity, .describe = describe,
	.help = "Přihláška z webu se potvrzuje odkazem z e-mailu. Kdo ji potvrdí, má místo, nebo čeká v pořadí; uvolněné místo dostává první v pořadí.",
	MACHINE_STATES(
		{"unconfirmed", "čeká na potvrzení", .tone = TONE_INFO, .term = {.at = until_confirmed}},
		{"waitlisted", "čeká na místo", .tone = TONE_WARN, .waits_for = "PLN"},
		{"confirmed", "má místo", .tone = TONE_OK, .waits_for = "PLN"},
		{"attended", "přišel", .tone = TONE_OK, .waits_for = "PLN"},
		{"no_show", "nepřišel", .is_final = true},
		{"cancelled", "zrušena", .is_final = true},
		{"expired", "nepotvrzena", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "sign_up", "Přihlásit se", "přihláška podána", "unconfirmed", .capability = ANYONE},
		{START, "record", "Zapsat přihlášku", "přihláška zapsána úřadem", "unconfirmed", .capability = CAP_HEARING_UPDATE},
		{"unconfirmed", "confirm", "Potvrdit", "přihláška potvrzena, místo přiděleno", "confirmed", .by_system = true, .run = signup_take_seat},
		{"unconfirmed", "queue", "Zařadit do pořadí", "přihláška potvrzena, čeká na místo", "waitlisted", .by_system = true, .run = signup_join_queue},
		{"unconfirmed", "expire", "Nepotvrzeno včas", "přihlášku nikdo nepotvrdil", "expired", .by_system = true, .on_due = true, .run = signup_forget_now},
		{"waitlisted", "promote", "Přidělit uvolněné místo", "uvolněné místo přiděleno", "confirmed", .by_system = true, .run = signup_take_seat},
		{"waitlisted", "admit", "Přidělit místo", "místo přiděleno úřadem", "confirmed", .capability = CAP_HEARING_UPDATE, .guards = GUARDS(&first_in_order),
		 .run = signup_take_seat},
		{"unconfirmed waitlisted confirmed", "cancel", "Zrušit přihlášku", "přihláška zrušena úřadem", "cancelled", .capability = CAP_HEARING_UPDATE,
		 .guards = GUARDS(&before_start), .reason = REASON_REQUIRED, .reason_label = "Důvod, dostane jej přihlášený", .run = signup_give_back},
		{"waitlisted confirmed", "withdraw", "Odhlásit se", "přihlášený se odhlásil", "cancelled", .by_system = true, .guards = GUARDS(&before_start),
		 .run = signup_give_back},
		{"unconfirmed waitlisted confirmed", "call_off", "Zrušeno s projednáním", "zrušeno s projednáním", "cancelled", .by_system = true, .run = signup_give_back},
		{"confirmed", "check_in", "Zapsat přítomnost", "přítomnost zapsána", "attended", .capability = CAP_HEARING_UPDATE, .guards = GUARDS(&on_the_day),
		 .run = signup_note_present},
		{"attended", "undo_check_in", "Vzít přítomnost zpět", "přítomnost vzata zpět", "confirmed", .capability = CAP_HEARING_UPDATE, .guards = GUARDS(&on_the_day),
		 .run = signup_note_absent},
		{"confirmed", "absent", "Nepřišel", "nepřišel", "no_show", .by_system = true}),
};
