/* consultation_machine.c: the steps of a comment period as a table, and what must hold before its answers are published. */
#include "core/access.h"
#include "core/calendar_days.h"
#include "domain/consultation/consultation_inside.h"

static Err describe(Ctx *c, WorkObject *o) {
	const Consultation *n = o->row;
	o->title = n->title;
	o->link = str_format(c->arena, "/app/pripominky/%lld", (long long)o->id);
	o->text = n->about;
	return OK;
}

static Err when_opens(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	const Consultation *n = o->row;
	*ret = consultation_opens(n);
	*why = str_format(c->arena, "První den řízení začíná o půlnoci (%.*s).", STR_ARG(consultation_when(c->arena, n)));
	return OK;
}

static Err when_closes(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	const Consultation *n = o->row;
	*ret = consultation_closes(n);
	*why = str_format(c->arena, "Připomínkuje se %.*s; řízení končí půlnocí po posledním dni.", STR_ARG(consultation_when(c->arena, n)));
	return OK;
}

/* ---- guards ---- */

static Err subject_readable(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Consultation *n = o->row;
	DocumentVersion     v;
	Document           *d;
	TRY(version_get(c, n->subject, &v));
	TRY(document_get(c, v.document, &d));
	bool is_held;
	TRY(version_is_held(c, n->subject, &is_held));
	if (!str_eq(v.state, S(VERSION_FROZEN)) || !d->is_public || is_held)
		*ret = (Verdict){REFUSED, S("Veřejnost by připomínkovanou verzi nepřečetla."), S("Zmrazte verzi a dokument zveřejněte.")};
	return OK;
}
static const Guard text_is_public = {"text_is_public", "Připomínkovaná verze je zmrazená a zveřejněná.", subject_readable, NULL, NULL, NULL};

static Err begins_ahead(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Consultation *n = o->row;
	if (consultation_closes(n).ms <= c->now.ms)
		*ret = (Verdict){REFUSED, S("Poslední den řízení už minul."), S("Upravte dny řízení.")};
	return OK;
}
static const Guard days_ahead = {"days_ahead", "Poslední den řízení ještě neskončil.", begins_ahead, NULL, NULL, NULL};

static Err nothing_waits(Ctx *c, const WorkObject *o, Verdict *ret) {
	CommentCounts n;
	TRY(comment_counts(c, o->id, &n));
	if (n.waiting)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Bez rozhodnutí zbývá připomínek: %lld.", (long long)n.waiting), S("Dokončete jejich vypořádání; seznam ukáže filtr podle stavu.")};
	else if (n.by_state[0])
		*ret = (Verdict){REFUSED, str_format(c->arena, "Na potvrzení autorem ještě čeká připomínek: %lld.", (long long)n.by_state[0]),
		                 S("Autoři mají na potvrzení 48 hodin; potom nepotvrzené samy skončí.")};
	return OK;
}
static const Guard all_settled = {"all_settled", "Každá připomínka má rozhodnuté vypořádání.", nothing_waits, NULL, NULL, NULL};

/* Words that look like personal data stop the publication of a citizen's comment until somebody has looked. */
static Err nothing_personal(Ctx *c, const WorkObject *o, Verdict *ret) {
	Comments all;
	i64      found = 0;
	Str      first = {0};
	TRY(comment_load_rows(c, db_query(ctx_conn(c), &sql_comment_all_of, P(V(o->id))), &all));
	for (size_t i = 0; i < all.len; i++) {
		Comment *k = all.at[i];
		if (!comment_is(k, COMMENT_SPLIT) && comment_tells_person(c->arena, k)) {     /* its parts are published, it is not */
			first = found++ ? first : k->number;
		}
	}
	if (found)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Znění pro veřejnost obsahuje e-mail, telefon, rodné číslo nebo jméno autora u připomínek: %lld (první je %.*s).", (long long)found, STR_ARG(first)),
		                 S("Otevřete ji a v části Znění pro veřejnost údaj zakryjte.")};
	return OK;
}
static const Guard anonymised = {"anonymised", "Ve znění pro veřejnost nejsou osobní údaje.", nothing_personal, NULL, NULL, NULL};

/* ---- steps ---- */

Err consultation_announce_run(Ctx *c, WorkMove *m) {
	((Consultation *)m->object->row)->announced_at = c->now;
	return OK;
}

static Err close_each(Ctx *c, Id consultation, const char *state, const char *action) {
	Comments all;
	TRY(comment_load_rows(c, db_query(c->conn, &sql_comment_in_state, P(V(consultation), V(str_c(state)))), &all));
	for (size_t i = 0; i < all.len; i++) {
		if (strcmp(action, "publish") == 0) {
			all.at[i]->published_at = c->now;
			TRY(store_update(c, &comment_entity, all.at[i]));
		}
		TRY(workflow_system(c, &comment_machine, all.at[i]->head.id, action, S("Zveřejnění vypořádání celého řízení.")));
		TRY(comment_index(c, all.at[i]));
	}
	return OK;
}

Err consultation_publish_run(Ctx *c, WorkMove *m) {
	Consultation *n = m->object->row;
	TRY(close_each(c, n->head.id, COMMENT_DECIDED, "publish"));
	TRY(close_each(c, n->head.id, COMMENT_MERGED, "publish_joined"));
	TRY(close_each(c, n->head.id, COMMENT_LATE, "close_late"));
	n->published_at = c->now;
	return comment_tell_answered(c, n);
}

const Machine consultation_machine = {
	.name = "consultation", .title = "Připomínkové řízení", .entity = &consultation_entity, .topic = "consultation", .describe = describe,
	.help = "Veřejnost připomínkuje zmrazenou verzi dokumentu od prvního do posledního dne včetně. Vypořádání všech připomínek se zveřejní najednou.",
	MACHINE_STATES(
		{CONSULTATION_PLANNED, "v přípravě", .tone = TONE_INFO, .waits_for = "PLN", .task = "Vyhlaste připomínkové řízení", .button = "Otevřít",
		 .why = "Dokud není vyhlášené, veřejnost o něm neví."},
		{CONSULTATION_ANNOUNCED, "vyhlášené", .tone = TONE_INFO, .term = {.at = when_opens}},
		{CONSULTATION_OPEN, "připomínky se sbírají", .tone = TONE_OK, .term = {.at = when_closes}},
		{CONSULTATION_CLOSED, "připomínky se vypořádávají", .tone = TONE_WARN, .waits_for = "PLN", .task = "Vypořádejte připomínky", .button = "Otevřít",
		 .why = "Vypořádání se zveřejňuje dřív, než jde dokument do orgánů.", .term = {.setting = "consultation.settle_days", .unit = TERM_WORKING_DAYS}},
		{CONSULTATION_SETTLED, "vypořádání čeká na schválení", .tone = TONE_INFO, .waits_for = "VED", .task = "Schvalte zveřejnění vypořádání", .button = "Zkontrolovat",
		 .why = "Vypořádání zveřejňuje druhá osoba, než která ho předložila."},
		{CONSULTATION_PUBLISHED, "vypořádání zveřejněno", .tone = TONE_OK, .is_final = true, .needs = "submit_settlement publish"},
		{CONSULTATION_CANCELLED, "zrušené", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "prepare", "Připravit řízení", "řízení připraveno", CONSULTATION_PLANNED, .capability = CAP_CONSULTATION_CREATE},
		{CONSULTATION_PLANNED, "announce", "Vyhlásit", "řízení vyhlášeno", CONSULTATION_ANNOUNCED, .capability = CAP_CONSULTATION_PUBLISH,
		 .guards = GUARDS(&text_is_public, &days_ahead), .alarms = true, .run = consultation_announce_run, .notify = "PLN KKS COO PRV PSG MUN MSG"},
		{CONSULTATION_ANNOUNCED, "begin", "Začít sbírat", "připomínky se začaly sbírat", CONSULTATION_OPEN, .by_system = true, .on_due = true},
		{CONSULTATION_ANNOUNCED, "prolong", "Prodloužit", "řízení prodlouženo", CONSULTATION_ANNOUNCED, .capability = CAP_CONSULTATION_PUBLISH,
		 .reason = REASON_REQUIRED, .reason_label = "Proč se řízení prodlužuje", .run = consultation_prolong_run, .notify = "KKS COO PRV PSG MUN MSG"},
		{CONSULTATION_OPEN, "prolong", "Prodloužit", "řízení prodlouženo", CONSULTATION_OPEN, .capability = CAP_CONSULTATION_PUBLISH,
		 .reason = REASON_REQUIRED, .reason_label = "Proč se řízení prodlužuje", .run = consultation_prolong_run, .notify = "KKS COO PRV PSG MUN MSG"},
		{CONSULTATION_OPEN, "close", "Ukončit sběr", "sběr připomínek skončil", CONSULTATION_CLOSED, .by_system = true, .on_due = true, .notify = "PLN"},
		{CONSULTATION_PLANNED " " CONSULTATION_ANNOUNCED " " CONSULTATION_OPEN, "cancel", "Zrušit řízení", "řízení zrušeno", CONSULTATION_CANCELLED,
		 .capability = CAP_CONSULTATION_PUBLISH, .reason = REASON_REQUIRED, .reason_label = "Proč se řízení ruší", .alarms = true, .notify = "KKS COO PRV PSG MUN MSG"},
		{CONSULTATION_CLOSED, "submit_settlement", "Předložit vypořádání", "vypořádání předloženo ke zveřejnění", CONSULTATION_SETTLED, .capability = CAP_SETTLEMENT_PUBLISH,
		 .guards = GUARDS(&all_settled, &anonymised), .notify = "VED"},
		{CONSULTATION_SETTLED, "return", "Vrátit", "vypořádání vráceno", CONSULTATION_CLOSED, .capability = CAP_SETTLEMENT_PUBLISH, .reason = REASON_REQUIRED, .restarts = true,
		 .notify = "PLN"},
		{CONSULTATION_SETTLED, "publish", "Zveřejnit vypořádání", "vypořádání zveřejněno", CONSULTATION_PUBLISHED, .capability = CAP_SETTLEMENT_PUBLISH,
		 .guards = GUARDS(&all_settled, &anonymised), .not_by = "submit_settlement", .alarms = true, .run = consultation_publish_run, .notify = "PLN KKS COO"}),
};
