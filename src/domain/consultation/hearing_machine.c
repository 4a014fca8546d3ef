/* hearing_machine.c: the way of a hearing from a draft to its minutes, and what must hold on it. */
#include "base/format.h"
#include "core/deadline.h"
#include "core/settings.h"
#include "domain/consultation/inside.h"

/* ---- guards ---- */

static void refuse(Verdict *v, Str why, Str todo) {
	*v = (Verdict){REFUSED, why, todo};
}

static Err place_known(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Hearing *h = o->row;
	(void)c;
	if (!h->online_url.len && (!h->building.len || !h->room.len))
		refuse(ret, S("Chybí budova nebo místnost."), S("Doplňte je, nebo uveďte odkaz pro účast na dálku."));
	return OK;
}
static const Guard has_place = {"place_known", "Lidé vědí, kam přijít.", place_known, .waived = NULL};

static Err seats_known(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Hearing *h = o->row;
	(void)c;
	if (h->capacity <= 0)
		refuse(ret, S("Počet míst je nula."), S("Doplňte kapacitu místnosti."));
	return OK;
}
static const Guard has_seats = {"seats_known", "Kapacita místnosti je určena.", seats_known, .waived = NULL};

static Err dates_fit(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Hearing *h = o->row;
	if (h->signup_until.ms <= c->now.ms)
		refuse(ret, str_format(c->arena, "Přihlašování by skončilo dřív, než začne: %.*s.", STR_ARG(hearing_instant_words(c->arena, h->signup_until))),
		       S("Posuňte den, do kdy se jde přihlásit, nebo celé projednání."));
	return OK;
}
static const Guard dates_ahead = {"dates_fit", "Na přihlášení zbývá čas.", dates_fit, .waived = NULL};

/* Days as people count them: published on the 1st, held on the 15th is 14 days. */
static Err notice_given(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Hearing *h = o->row;
	i64 least = setting_int(c, "hearing.notice_days"), left = h->day.n - c->today.n;
	if (left >= least)
		return OK;
	if (h->notice_waiver.len) {
		*ret = (Verdict){WAIVED, str_format(c->arena, "Oznámeno %lld dnů předem. Důvod: %.*s", (long long)left, STR_ARG(h->notice_waiver)), (Str){0}};
		return OK;
	}
	refuse(ret, str_format(c->arena, "Do projednání zbývá %lld dnů, má jich být aspoň %lld.", (long long)left, (long long)least),
	       S("Zvolte pozdější den, nebo v úpravě napište, proč se oznamuje později."));
	return OK;
}
static const Guard notice_in_time = {"notice_given", "Projednání se oznamuje s předstihem.", notice_given, .waived = NULL};

static Err has_begun(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Hearing *h = o->row;
	if (c->now.ms < h->begins_at.ms)
		refuse(ret, str_format(c->arena, "Projednání začíná až %.*s.", STR_ARG(hearing_when(c->arena, h))), S("Počkejte, až začne; nekoná-li se, zrušte je."));
	return OK;
}
static const Guard begun = {"begun", "Projednání už začalo.", has_begun, .waived = NULL};

static Err can_reopen(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Hearing *h = o->row;
	if (h->signup_until.ms <= c->now.ms)
		refuse(ret, S("Den, do kdy se jde přihlásit, uplynul."), S("Nejdřív jej v úpravě posuňte."));
	return OK;
}
static const Guard time_left = {"time_left", "Na přihlášení zbývá čas.", can_reopen, .waived = NULL};

static Err minutes_there(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Hearing *h = o->row;
	(void)c;
	if (!h->minutes.len && (h->minutes_file == BLANK || !h->minutes_file))
		refuse(ret, S("Zápis chybí."), S("Vložte text zápisu nebo soubor."));
	return OK;
}
static const Guard minutes_written = {"minutes_written", "Zápis je vložen.", minutes_there, .waived = NULL};

static Err minutes_checked(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Hearing *h = o->row;
	(void)c;
	if (!h->minutes_verified_at.ms)
		refuse(ret, S("Zápis nikdo neověřil."), S("Požádejte vedoucí odboru nebo předsedu skupiny o ověření."));
	return OK;
}
static const Guard minutes_verified = {"minutes_verified", "Zápis ověřil vedoucí nebo předseda.", minutes_checked, .waived = NULL};

/* ---- steps ---- */

static Err verify_run(Ctx *c, WorkMove *m) {
	((Hearing *)m->object->row)->minutes_verified_at = c->now;
	return OK;
}

static Err until_signup_ends(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	const Hearing *h = o->row;
	*ret = h->signup_until;
	*why = str_format(c->arena, "Přihlásit se jde do %.*s, rozhoduje čas serveru.", STR_ARG(deadline_until(c->arena, h->signup_until)));
	return OK;
}

static Err until_end(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	const Hearing *h = o->row;
	*ret = h->ends_at;
	*why = str_format(c->arena, "Projednání je %.*s.", STR_ARG(hearing_when(c->arena, h)));
	return OK;
}

static Err describe(Ctx *c, WorkObject *o) {
	const Hearing *h = o->row;
	o->title = str_format(c->arena, "%.*s, %.*s", STR_ARG(h->title), STR_ARG(hearing_when(c->arena, h)));
	o->link = str_format(c->arena, "/app/projednani/%lld", (long long)h->head.id);
	o->district = h->district == BLANK ? 0 : h->district;
	return OK;
}

const Machine hearing_machine = {
	.name = "hearing", .title = "Veřejné projednání", .entity = &hearing_entity, .topic = "hearing", .describe = describe,
	.help = "Projednání se připraví, zveřejní s přihlašováním, proběhne a skončí zveřejněným zápisem. Přihlašování končí samo v určenou hodinu.",
	MACHINE_STATES(
		{"draft", "rozpracované", .tone = TONE_INFO, .waits_for = "PLN", .task = "Zveřejněte projednání", .button = "Otevřít projednání",
		 .why = "Dokud projednání není zveřejněné, nikdo se na ně nemůže přihlásit."},
		{"signup_open", "přihlašování otevřené", .tone = TONE_OK, .waits_for = "PLN", .term = {.at = until_signup_ends}},
		{"signup_closed", "přihlašování skončilo", .waits_for = "PLN", .task = "Po projednání zapište, že proběhlo", .button = "Otevřít projednání",
		 .why = "Připravte prezenční listinu, po skončení zapište, že projednání proběhlo.", .term = {.at = until_end}},
		{"held", "proběhlo", .tone = TONE_INFO, .waits_for = "PLN VED", .task = "Dokončete zápis z projednání", .button = "Otevřít zápis",
		 .why = "Koordinátor zápis vloží a zveřejní, vedoucí jej předtím ověří.", .term = {.setting = "hearing.minutes_days", .unit = TERM_WORKING_DAYS}},
		{"minutes_published", "zápis zveřejněn", .tone = TONE_OK, .is_final = true, .needs = "hold"},
		{"cancelled", "zrušeno", .tone = TONE_ERR, .is_final = true}),
	MACHINE_ACTIONS(
		{START, "prepare", "Připravit projednání", "projednání založeno", "draft", .capability = CAP_HEARING_CREATE},
		{"draft", "publish", "Zveřejnit a otevřít přihlašování", "zveřejněno", "signup_open", .capability = CAP_HEARING_PUBLISH,
		 .guards = GUARDS(&has_place, &has_seats, &dates_ahead, &notice_in_time), .alarms = true, .run = hearing_publish_run},
		{"signup_open", "close", "Ukončit přihlašování", "přihlašování ukončeno", "signup_closed", .capability = CAP_HEARING_PUBLISH, .reason = REASON_REQUIRED,
		 .reason_label = "Proč se přihlašování končí dřív"},
		{"signup_open", "expire", "Přihlašování skončilo", "přihlašování skončilo", "signup_closed", .by_system = true, .on_due = true},
		{"signup_closed", "reopen", "Znovu otevřít přihlašování", "přihlašování znovu otevřeno", "signup_open", .capability = CAP_HEARING_PUBLISH,
		 .guards = GUARDS(&time_left), .reason = REASON_REQUIRED, .restarts = true},
		{"signup_closed", "hold", "Projednání proběhlo", "projednání proběhlo", "held", .capability = CAP_HEARING_UPDATE, .guards = GUARDS(&begun)},
		{"held", "verify", "Ověřit zápis", "zápis ověřen", "held", .capability = CAP_HEARING_APPROVE, .guards = GUARDS(&minutes_written), .run = verify_run,
		 .notify = "PLN"},
		{"held", "publish_minutes", "Zveřejnit zápis", "zápis zveřejněn", "minutes_published", .capability = CAP_HEARING_PUBLISH,
		 .guards = GUARDS(&minutes_written, &minutes_verified), .alarms = true, .not_by = "verify"},
		{"draft signup_open signup_closed", "cancel", "Zrušit projednání", "zrušeno", "cancelled", .capability = CAP_HEARING_PUBLISH, .reason = REASON_REQUIRED,
		 .reason_label = "Proč se projednání ruší", .alarms = true}),
};
