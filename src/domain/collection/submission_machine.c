/* submission_machine.c: the way of a submission: filled, locked, submitted in its window, returned, decided. */
#include "core/access.h"
#include "core/deadline_store.h"
#include "core/settings.h"
#include "domain/collection/collection.sql.h"
#include "domain/collection/correction.h"

static Err describe(Ctx *c, WorkObject *o) {
	const Submission *s = o->row;
	o->title = s->title;
	o->link = str_format(c->arena, "/app/vykaz/%lld", (long long)o->id);
	o->owner = s->owner;
	o->provider = s->provider > 0 ? s->provider : 0;
	o->municipality = s->municipality > 0 ? s->municipality : 0;
	o->district = s->district > 0 ? s->district : 0;
	return OK;
}

/* ---- time ---- */

Instant submission_last_moment(const Submission *s) { return s->fix_until.ms > s->closes_at.ms ? s->fix_until : s->closes_at; }

static Err when_closes(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	const Submission *s = o->row;
	*ret = submission_last_moment(s);
	*why = !ret->ms ? (Str){0} : str_format(c->arena, "%s %.*s.", s->fix_until.ms > s->closes_at.ms ? "Oprava vráceného podání je možná do" : "Podává se do",
	                                        STR_ARG(deadline_until(c->arena, *ret)));
	return OK;
}

static Err when_fixed(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	const Submission *s = o->row;
	*ret = s->fix_until;
	*why = str_format(c->arena, "Oprava vráceného podání je možná do %.*s.", STR_ARG(deadline_until(c->arena, *ret)));
	return OK;
}

/* D7: from the return to the resubmission the region's clock stands. The step that is just being taken is not written yet. */
static Err when_decided(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	enum { PAUSES = 20 };
	WorkSteps     steps;
	DeadlinePause pauses[PAUSES];
	size_t        n = 0;
	Instant       event = {0};
	bool          stands = false;
	Deadline      d;
	TRY(workflow_steps(c, &submission_machine, o->id, &steps));
	for (size_t i = 0; i < steps.len; i++) {
		const WorkStep *s = &steps.at[i];
		if (str_eq(s->action, S("withdraw")))
			event = (Instant){0}, n = 0, stands = false;
		else if (str_eq(s->action, S("return")) && n < PAUSES)
			pauses[n] = (DeadlinePause){.from = s->at, .name = S("vráceno k opravě")}, stands = true;
		else if (str_eq(s->action, S("submit")) && stands)
			pauses[n++].to = s->at, stands = false;
		else if (str_eq(s->action, S("submit")))
			event = s->at;
	}
	if (stands)
		pauses[n++].to = c->now;
	TRY(deadline_of(c, NULL, str_format(c->arena, "%lld pracovních dnů po podání", (long long)setting_int(c, "collection.decide_days")),
	                (DeadlineInput){.event = event.ms ? event : c->now, .pauses = pauses, .pause_count = n}, &d));
	*ret = d.at;
	*why = d.why;
	return OK;
}

/* ---- guards ---- */

static Err no_faults(Ctx *c, const WorkObject *o, Verdict *ret) {
	Faults f;
	TRY(submission_check(c, o->row, &f));
	if (f.hard)
		*ret = (Verdict){REFUSED, str_format(c->arena, "V podání je chyb: %zu. První: %.*s", f.hard, STR_ARG(f.at[0].text)), S("Opravte je podle stránky Kontrola.")};
	for (size_t i = 0; f.hard && i < f.len; i++)
		if (f.at[i].is_hard) {
			ret->why = str_format(c->arena, "V podání je chyb: %zu. První: %.*s", f.hard, STR_ARG(f.at[i].text));
			break;
		}
	return OK;
}
static const Guard complete = {"complete", "Údaje jsou úplné a bez chyb.", no_faults, NULL, NULL, NULL};

static Err all_explained(Ctx *c, const WorkObject *o, Verdict *ret) {
	Faults f;
	TRY(submission_check(c, o->row, &f));
	if (f.unexplained)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Vysvětlit poznámkou je třeba údajů: %zu.", f.unexplained), S("Na stránce Kontrola najdete které; poznámku napište pod údaj.")};
	return OK;
}
static const Guard explained = {"explained", "Neobvyklé hodnoty jsou vysvětlené.", all_explained, NULL, NULL, NULL};

static Err in_window(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Submission *s = o->row;
	Instant           until = submission_last_moment(s);
	if (s->opens_at.ms && c->now.ms < s->opens_at.ms)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Podávat se začne %.*s.", STR_ARG(deadline_wording(c->arena, s->opens_at, true))), S("Do té doby podání připravujte.")};
	else if (until.ms && c->now.ms >= until.ms)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Podávat šlo do %.*s.", STR_ARG(deadline_until(c->arena, until))),
		                 S("Rozpracované podání zůstává uložené. O výjimku požádejte správce výzvy.")};
	return OK;
}
static const Guard window = {"window", "Podává se jen ve vyhlášené lhůtě.", in_window, NULL, NULL, NULL};

static Err still_open(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Submission *s = o->row;
	if (s->closes_at.ms && c->now.ms >= s->closes_at.ms)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Vzít zpět šlo do %.*s.", STR_ARG(deadline_until(c->arena, s->closes_at))), S("Napište kraji, ať podání vrátí k opravě.")};
	return OK;
}
static const Guard withdrawable = {"withdrawable", "Vzít zpět jde jen do konce lhůty.", still_open, NULL, NULL, NULL};

/* ---- what else changes ---- */

static Err submit(Ctx *c, WorkMove *m) {
	const bool *declared = m->input ? m->input->more : NULL;
	if (!declared || !*declared)
		return fail(c, ERR_INVALID, "declared", "Potvrďte prohlášení. Bez něj podání nejde odeslat.");
	if (db_run(c->conn, &sql_submission_notes_settle, P(V(m->object->id), V(c->now)), NULL) != OK)
		return fail_internal(c, "notes of a submission");
	return receipt_make(c, m->object->row);
}

static Err withdraw(Ctx *c, WorkMove *m) {
	return receipt_withdraw(c, m->object->row);
}

static Err give_back(Ctx *c, WorkMove *m) {
	Submission *s = m->object->row;
	Deadline    d;
	TRY(deadline_of(c, NULL, str_format(c->arena, "%lld pracovních dnů po vrácení", (long long)setting_int(c, "collection.fix_days")), (DeadlineInput){.event = c->now}, &d));
	s->fix_until = d.at;
	return OK;
}

/* D7: others are unaffected. A day that is no working day stays as it was said: this one is chosen by hand for one respondent. */
static Err except(Ctx *c, WorkMove *m) {
	Submission *s = m->object->row;
	const Str  *rule = m->input ? m->input->more : NULL;
	Instant     before = submission_last_moment(s);
	Deadline    d;
	if (!rule || !rule->len)
		return fail(c, ERR_INVALID, "closes_rule", "Podat do: napište den a hodinu, například 22. 3. 2027 16:00.");
	TRY(deadline_of(c, "closes_rule", *rule, (DeadlineInput){.event = c->now, .year = date_year(c->today)}, &d));
	if (!before.ms)
		return fail(c, ERR_CONFLICT, NULL, "Podání žádnou lhůtu nemá, výjimku nepotřebuje.");
	if (d.at.ms <= before.ms || d.at.ms <= c->now.ms)
		return fail(c, ERR_INVALID, "closes_rule", "Podat do: nová lhůta musí být později než dosavadní (%.*s) a později než teď.", STR_ARG(deadline_until(c->arena, before)));
	s->closes_at = d.at;
	return OK;
}

const Machine submission_machine = {
	.name = "submission", .title = "Podání", .entity = &submission_entity, .topic = "collection", .describe = describe,
	.help = "Rozpracované podání se ukládá průběžně. Před odesláním se zkontroluje a zamkne; odesílá ho ten, kdo smí za organizaci jednat.",
	MACHINE_STATES(
		{SUBMISSION_DRAFT, "rozpracované", .tone = TONE_WARN, .waits_for = "owner", .task = "Dokončete podání", .button = "Pokračovat",
		 .why = "Podání, které do konce lhůty nikdo neodešle, se nepočítá.", .term = {.at = when_closes}},
		{SUBMISSION_LOCKED, "zamčené k odeslání", .tone = TONE_INFO, .waits_for = "owner PSG", .task = "Odešlete podání", .button = "Odeslat",
		 .why = "Zamčené podání ještě není podané.", .term = {.at = when_closes}, .needs = "lock"},
		{SUBMISSION_SUBMITTED, "podané", .tone = TONE_INFO, .waits_for = "NET ANA", .task = "Posuďte podání", .button = "Posoudit",
		 .why = "Kdo podal, čeká na rozhodnutí.", .term = {.at = when_decided}, .needs = "lock submit"},
		{SUBMISSION_RETURNED, "vrácené k opravě", .tone = TONE_WARN, .waits_for = "owner PSG", .task = "Opravte vrácené podání", .button = "Otevřít",
		 .why = "Poznámky u údajů říkají, co opravit.", .term = {.at = when_fixed}},
		{SUBMISSION_ACCEPTED, "přijaté", .tone = TONE_OK, .is_final = true, .needs = "lock submit accept"},
		{SUBMISSION_REFUSED, "odmítnuté", .tone = TONE_ERR, .is_final = true},
		{SUBMISSION_CANCELLED, "zrušené", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "prepare", "Založit podání", "podání založeno", SUBMISSION_DRAFT, .capability = CAP_SUBMISSION_CREATE},
		{SUBMISSION_DRAFT, "lock", "Zkontrolovat a zamknout", "podání zamčeno", SUBMISSION_LOCKED, .capability = CAP_SUBMISSION_UPDATE,
		 .guards = GUARDS(&complete, &explained, &notes_answered)},
		{SUBMISSION_LOCKED, "unlock", "Odemknout a upravit", "podání odemčeno", SUBMISSION_DRAFT, .capability = CAP_SUBMISSION_SUBMIT, .restarts = true},
		{SUBMISSION_LOCKED, "submit", "Odeslat", "podání odesláno", SUBMISSION_SUBMITTED, .capability = CAP_SUBMISSION_SUBMIT, .guards = GUARDS(&complete, &window),
		 .alarms = true, .notify = "owner", .run = submit},
		{SUBMISSION_SUBMITTED, "withdraw", "Vzít zpět", "podání vzato zpět", SUBMISSION_DRAFT, .capability = CAP_SUBMISSION_SUBMIT, .guards = GUARDS(&withdrawable),
		 .reason = REASON_REQUIRED, .restarts = true, .run = withdraw},
		{SUBMISSION_SUBMITTED, "return", "Vrátit k opravě", "vráceno k opravě", SUBMISSION_RETURNED, .capability = CAP_SUBMISSION_APPROVE, .reason = REASON_REQUIRED,
		 .reason_label = "Co je třeba opravit", .restarts = true, .notify = "owner PSG", .run = give_back},
		{SUBMISSION_RETURNED, "reopen", "Opravit", "otevřeno k opravě", SUBMISSION_DRAFT, .capability = CAP_SUBMISSION_UPDATE, .restarts = true},
		{SUBMISSION_SUBMITTED, "accept", "Přijmout", "podání přijato", SUBMISSION_ACCEPTED, .capability = CAP_SUBMISSION_APPROVE, .notify = "owner PSG"},
		{SUBMISSION_SUBMITTED, "refuse", "Odmítnout", "podání odmítnuto", SUBMISSION_REFUSED, .capability = CAP_SUBMISSION_APPROVE, .reason = REASON_REQUIRED,
		 .alarms = true, .notify = "owner PSG"},
		{SUBMISSION_DRAFT, "except", "Povolit pozdější podání", "povoleno pozdější podání", SUBMISSION_DRAFT, .capability = CAP_SUBMISSION_EXCEPT,
		 .reason = REASON_REQUIRED, .notify = "owner PSG", .run = except},
		{SUBMISSION_LOCKED, "except", "Povolit pozdější podání", "povoleno pozdější podání", SUBMISSION_LOCKED, .capability = CAP_SUBMISSION_EXCEPT,
		 .reason = REASON_REQUIRED, .notify = "owner PSG", .run = except},
		{SUBMISSION_DRAFT " " SUBMISSION_LOCKED, "cancel", "Zrušit podání", "podání zrušeno", SUBMISSION_CANCELLED, .capability = CAP_SUBMISSION_SUBMIT,
		 .reason = REASON_REQUIRED, .alarms = true},
		{SUBMISSION_DRAFT " " SUBMISSION_LOCKED " " SUBMISSION_SUBMITTED " " SUBMISSION_RETURNED, "abandon", "Zrušit s tím, k čemu patří", "zrušeno s tím, k čemu patří",
		 SUBMISSION_CANCELLED, .by_system = true, .reason = REASON_REQUIRED}),
};

Err submission_submit(Ctx *c, Id id, i64 version, bool declared) {
	return workflow_do(c, &submission_machine, id, "submit", &(WorkInput){.version = version, .more = &declared});
}

Err submission_except(Ctx *c, Id id, i64 version, Str closes_rule, Str reason) {
	return workflow_do(c, &submission_machine, id, "except", &(WorkInput){.version = version, .reason = reason, .more = &closes_rule});
}
