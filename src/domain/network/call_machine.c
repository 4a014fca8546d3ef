/* call_machine.c: the steps of a call; it opens and closes by the clock. */
#include "core/deadline_store.h"
#include "domain/network/call.h"
#include "domain/network/call.sql.h"
#include "domain/network/score_rules.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)

static Err describe(Ctx *c, WorkObject *o) {
	const Call *k = o->row;
	o->title = k->title;
	o->link = str_format(c->arena, "/app/vyzvy/%lld", (long long)o->id);
	o->text = k->about;
	return OK;
}

static Err when_opens(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	const Call *k = o->row;
	*ret = k->opens_at;
	*why = call_when(c->arena, k, c->now);
	return OK;
}

static Err when_closes(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	const Call *k = o->row;
	*ret = k->closes_at;
	*why = str_format(c->arena, "Žádá se do %.*s.%s%.*s", STR_ARG(deadline_until(c->arena, k->closes_at)), k->why.len ? " " : "", STR_ARG(k->why));
	return OK;
}

static Err forms_are_published(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Call *k = o->row;
	for (size_t i = 0; i < k->types.len; i++) {
		void *row = NULL;
		Id    form = call_form(k, k->types.at[i]);
		if (form)
			TRY(store_get(c, &form_version_entity, TODAY, form, &row));
		if (!row || !str_eq(((FormVersion *)row)->state, S(FORM_PUBLISHED)))
			*ret = (Verdict){REFUSED, str_format(c->arena, "Formulář pro typ %.*s není zveřejněný.", STR_ARG(k->types.at[i])), S("Zveřejněte verzi formuláře, nebo vyberte jinou.")};
	}
	return OK;
}
static const Guard forms_published = {"forms_published", "Formuláře výzvy jsou zveřejněné.", forms_are_published, NULL, NULL, NULL};

static Err can_be_scored(Ctx *c, const WorkObject *o, Verdict *ret) {
	ScoreRules *rules;
	Str         why;
	TRY(score_rules_if(c, o->row, &rules, &why));
	if (!rules)
		*ret = (Verdict){REFUSED, why, S("Pravidla vyberte v úpravě výzvy.")};
	return OK;
}
static const Guard scorable = {"call_scorable", "Výzva má zveřejněnou sadu pravidel, podle které se žádosti dají bodovat.", can_be_scored, NULL, NULL, NULL};

static Err is_ahead(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Call *k = o->row;
	i64         from = c->now.ms > k->opens_at.ms ? c->now.ms : k->opens_at.ms, least = call_least_days(c, k);
	if (k->closes_at.ms <= c->now.ms)
		*ret = (Verdict){REFUSED, S("Výzva by byla uzavřená dřív, než by ji kdo viděl."), S("Upravte dny výzvy.")};
	else if ((k->closes_at.ms - from) / DAY_MS < least)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Od vyhlášení do uzavření by zbývalo méně než %lld dnů.", (long long)least), S("Posuňte konec výzvy.")};
	return OK;
}
static const Guard days_ahead = {"call_ahead", "Konec výzvy teprve přijde a do té doby zbývá nejmenší počet dnů.", is_ahead, NULL, NULL, NULL};

static Err has_no_undecided(Ctx *c, const WorkObject *o, Verdict *ret) {
	i64 n;
	if (db_get_int(ctx_conn(c), &sql_application_undecided, P(V(o->id)), 0, &n) != OK)
		return fail_internal(c, "applications of a call");
	if (n)
		*ret = (Verdict){REFUSED, str_format(c->arena, "O žádostech není rozhodnuto: %lld.", (long long)n), S("Rozhodněte o nich, potom výzvu ukončete.")};
	return OK;
}
static const Guard all_decided = {"all_decided", "O všech žádostech je rozhodnuto.", has_no_undecided, NULL, NULL, NULL};

static Err note_announced(Ctx *c, WorkMove *m) {
	Call       *k = m->object->row;
	ScoreRules *rules;
	TRY(score_rules(c, k, &rules));              /* applicants may rely on the version that holds now */
	k->rules = rules->version->head.id;
	k->announced_at = c->now;
	return OK;
}

static Err prolong(Ctx *c, WorkMove *m) {
	Call      *k = m->object->row;
	const Str *rule = m->input ? m->input->more : NULL;
	Deadline   d;
	if (!rule || !rule->len)
		return fail(c, ERR_INVALID, "closes_rule", "Nový konec: napište den a hodinu, například 22. 3. 2027 16:00.");
	TRY(deadline_of(c, "closes_rule", *rule, (DeadlineInput){.event = k->opens_at, .year = date_year(c->today)}, &d));
	if (d.at.ms <= k->closes_at.ms)
		return fail(c, ERR_INVALID, "closes_rule", "Nový konec musí být později než dosavadní.");
	if (c->now.ms >= k->closes_at.ms)
		return fail(c, ERR_CONFLICT, NULL, "Výzva už skončila, prodloužit nejde. Vyhlaste novou.");
	k->closes_rule = *rule;
	k->closes_at = d.at;
	k->why = d.shift;
	if (k->statements_until.ms < d.at.ms) {
		k->statements_until = d.at;
		k->statements_rule = *rule;
	}
	return OK;
}

const Machine call_machine = {
	.name = "call", .title = "Výzva k podání žádostí", .entity = &call_entity, .topic = "network", .describe = describe,
	.help = "Vyhlášená výzva se otevře a uzavře sama, na minutu. Když se nemá konat, zruší se s důvodem; mezi živými výzvami potom není.",
	MACHINE_STATES(
		{CALL_PLANNED, "připravovaná", .tone = TONE_PLAIN, .waits_for = "NET"},
		{CALL_ANNOUNCED, "vyhlášená", .tone = TONE_INFO, .waits_for = "NET", .term = {.at = when_opens}, .needs = "announce"},
		{CALL_OPEN, "otevřená", .tone = TONE_OK, .waits_for = "NET", .term = {.at = when_closes}, .needs = "announce"},
		{CALL_CLOSED, "uzavřená", .tone = TONE_WARN, .waits_for = "NET", .task = "Vyřiďte žádosti výzvy", .button = "Otevřít výzvu",
		 .why = "Poskytovatelé čekají, jak kraj o jejich žádostech rozhodne.", .needs = "announce"},
		{CALL_FINISHED, "vyřízená", .tone = TONE_PLAIN, .waits_for = "NET", .needs = "announce finish"},
		{CALL_CANCELLED, "zrušená", .tone = TONE_ERR, .waits_for = "NET"},
		{CALL_ARCHIVED, "v archivu", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "prepare", "Připravit výzvu", "výzva připravena", CALL_PLANNED, .capability = CAP_CALL_CREATE},
		{CALL_PLANNED, "announce", "Vyhlásit výzvu", "výzva vyhlášena", CALL_ANNOUNCED, .capability = CAP_CALL_PUBLISH, .guards = GUARDS(&forms_published, &scorable, &days_ahead),
		 .alarms = true, .notify = "PSG PRV COO", .run = note_announced},
		{CALL_ANNOUNCED, "open", "Otevřít", "výzva otevřena", CALL_OPEN, .by_system = true, .on_due = true, .notify = "PSG PRV"},
		{CALL_OPEN, "close", "Uzavřít", "výzva uzavřena", CALL_CLOSED, .by_system = true, .on_due = true},
		{CALL_OPEN, "prolong", "Prodloužit výzvu", "výzva prodloužena", CALL_OPEN, .capability = CAP_CALL_UPDATE, .reason = REASON_REQUIRED,
		 .reason_label = "Proč se výzva prodlužuje", .notify = "PSG PRV COO", .run = prolong},
		{CALL_CLOSED, "finish", "Ukončit výzvu", "výzva ukončena", CALL_FINISHED, .capability = CAP_CALL_UPDATE, .guards = GUARDS(&all_decided)},
		{CALL_PLANNED " " CALL_ANNOUNCED " " CALL_OPEN " " CALL_CLOSED, "cancel", "Zrušit výzvu", "výzva zrušena", CALL_CANCELLED, .capability = CAP_CALL_APPROVE,
		 .reason = REASON_REQUIRED, .alarms = true, .notify = "PSG PRV COO"},
		{CALL_FINISHED " " CALL_CANCELLED, "archive", "Uložit do archivu", "výzva uložena do archivu", CALL_ARCHIVED, .capability = CAP_CALL_UPDATE}),
};
