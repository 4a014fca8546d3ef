/* comment_machine.c: the steps of a comment as a table. */
#include "core/access.h"
#include "domain/consultation/consultation_inside.h"

static Err describe(Ctx *c, WorkObject *o) {
	const Comment *k = o->row;
	if (k->number.len)
		o->brief = str_format(c->arena, "%.*s%s%.*s", STR_ARG(k->number), k->chapter.len ? ", " : "", STR_ARG(k->chapter));
	o->title = k->number.len ? str_cat(c->arena, S("Připomínka "), o->brief) : S("Nepotvrzená připomínka");
	o->link = str_format(c->arena, "/app/pripominka/%lld", (long long)o->id);
	o->text = words_have(COMMENT_UNCONFIRMED " " COMMENT_EXPIRED, k->state) ? (Str){0} : utf8_first(k->text, 400);     /* nobody stands behind it yet */
	o->owner = k->assigned == BLANK ? 0 : k->assigned;
	return OK;
}

/* Answers are written by whom they were given to, or by who leads the consultation. */
static bool is_editor(Ctx *c, const WorkObject *o) {
	const Comment *k = o->row;
	return may(c, CAP_COMMENT_UPDATE) || (c->actor->account && k->assigned == c->actor->account);
}
static const OnlyFor who_edits = {"ten, komu je připomínka přidělena, nebo koordinátor plánu", is_editor};

static bool is_anybody(Ctx *c, const WorkObject *o) {
	(void)c;
	(void)o;
	return true;
}
/* Whether the period takes comments is asked where they arrive (comment_arrive.c). */
static const OnlyFor whoever_writes = {"kdokoli, dokud se připomínkuje", is_anybody};

const Machine comment_machine = {
	.name = "comment", .title = "Připomínka", .entity = &comment_entity, .topic = "consultation", .describe = describe,
	.help = "Každá připomínka dostane číslo, odpověď a rozhodnutí. Rozdělená má odpovědi u svých částí, sloučená odpověď té, se kterou se sloučila. Nic se nemaže.",
	MACHINE_STATES(
		{COMMENT_UNCONFIRMED, "čeká na potvrzení autorem"},
		{COMMENT_RECEIVED, "přijatá", .tone = TONE_INFO, .waits_for = "PLN", .task = "Zkontrolujte připomínku", .button = "Zkontrolovat",
		 .why = "Určete, zda je obsahová, nebo formální; stejné slučte, víc věcí rozdělte.", .term = {.setting = "consultation.check_days", .unit = TERM_WORKING_DAYS}},
		{COMMENT_LATE, "opožděná", .tone = TONE_WARN},
		{COMMENT_CHECKED, "zkontrolovaná", .tone = TONE_INFO, .waits_for = "PLN", .task = "Přidělte připomínku", .button = "Přidělit",
		 .why = "Autor čeká na odpověď."},
		{COMMENT_ASSIGNED, "přidělená", .tone = TONE_INFO, .waits_for = "owner", .task = "Navrhněte vypořádání připomínky", .button = "Vypořádat",
		 .why = "Bez odpovědi na každou připomínku nejde vypořádání zveřejnit.", .term = {.setting = "consultation.propose_days", .unit = TERM_WORKING_DAYS}},
		{COMMENT_PROPOSED, "vypořádání navrženo", .tone = TONE_INFO, .waits_for = "VED", .task = "Rozhodněte o vypořádání připomínky", .button = "Rozhodnout",
		 .why = "Formální připomínky potvrzuje druhá osoba, obsahové rozhodnutí orgánu."},
		{COMMENT_DECIDED, "rozhodnutá", .tone = TONE_OK, .needs = "propose decide"},
		{COMMENT_PUBLISHED, "zveřejněná", .tone = TONE_OK, .is_final = true, .needs = "propose decide publish"},
		{COMMENT_SPLIT, "rozdělená", .is_final = true},
		{COMMENT_MERGED, "sloučená"},
		{COMMENT_JOINED, "vypořádaná s jinou", .tone = TONE_OK, .is_final = true},
		{COMMENT_LATE_CLOSED, "opožděná, bez vypořádání", .is_final = true},
		{COMMENT_EXPIRED, "nepotvrzená", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "submit", "Odeslat připomínku", "připomínka napsána", COMMENT_UNCONFIRMED, .capability = ANYONE, .only = &whoever_writes},
		{START, "enter", "Podat připomínku", "připomínka podána", COMMENT_RECEIVED, .capability = CAP_COMMENT_CREATE, .only = &whoever_writes},
		{START, "enter_late", "Podat opožděnou připomínku", "připomínka podána opožděně", COMMENT_LATE, .capability = CAP_COMMENT_CREATE, .only = &whoever_writes},
		{START, "record", "Zapsat připomínku", "připomínka zapsána úřadem", COMMENT_RECEIVED, .capability = CAP_COMMENT_UPDATE},
		{START, "record_late", "Zapsat opožděnou připomínku", "opožděná připomínka zapsána úřadem", COMMENT_LATE, .capability = CAP_COMMENT_UPDATE},
		{START, "part", "Založit část", "část připomínky", COMMENT_RECEIVED, .capability = CAP_COMMENT_UPDATE},
		{COMMENT_UNCONFIRMED, "confirm", "Potvrdit", "připomínka potvrzena autorem", COMMENT_RECEIVED, .by_system = true, .run = comment_receive_run},
		{COMMENT_UNCONFIRMED, "confirm_late", "Potvrdit opožděnou", "opožděná připomínka potvrzena autorem", COMMENT_LATE, .by_system = true, .run = comment_receive_run},
		{COMMENT_UNCONFIRMED, "expire", "Ukončit", "připomínka nebyla potvrzena", COMMENT_EXPIRED, .by_system = true},
		{COMMENT_RECEIVED, "check", "Zkontrolovat", "připomínka zkontrolována", COMMENT_CHECKED, .capability = CAP_COMMENT_UPDATE, .run = comment_check_run},
		{COMMENT_RECEIVED " " COMMENT_CHECKED, "split", "Rozdělit", "připomínka rozdělena na části", COMMENT_SPLIT, .capability = CAP_COMMENT_UPDATE, .run = comment_split_run},
		{COMMENT_RECEIVED " " COMMENT_CHECKED " " COMMENT_ASSIGNED, "merge", "Sloučit", "připomínka sloučena s jinou", COMMENT_MERGED, .capability = CAP_COMMENT_UPDATE,
		 .reason = REASON_OPTIONAL, .run = comment_merge_run},
		{COMMENT_MERGED, "unmerge", "Zrušit sloučení", "sloučení zrušeno", COMMENT_RECEIVED, .capability = CAP_COMMENT_UPDATE,
		 .reason = REASON_REQUIRED, .reason_label = "Čím se připomínka liší", .run = comment_unmerge_run},
		{COMMENT_MERGED, "publish_joined", "Zveřejnit se sloučenou", "zveřejněna odpověď sloučené připomínky", COMMENT_JOINED, .by_system = true},
		{COMMENT_LATE, "admit", "Vypořádat i opožděnou", "o vypořádání opožděné připomínky bylo rozhodnuto", COMMENT_RECEIVED, .capability = CAP_COMMENT_APPROVE,
		 .reason = REASON_REQUIRED, .reason_label = "Proč se opožděná připomínka vypořádá"},
		{COMMENT_LATE, "close_late", "Ponechat bez vypořádání", "opožděná připomínka zůstala bez vypořádání", COMMENT_LATE_CLOSED, .by_system = true},
		{COMMENT_CHECKED " " COMMENT_ASSIGNED, "assign", "Přidělit", "připomínka přidělena", COMMENT_ASSIGNED, .capability = CAP_COMMENT_UPDATE, .run = comment_assign_run, .notify = "owner"},
		{COMMENT_ASSIGNED, "propose", "Navrhnout vypořádání", "vypořádání navrženo", COMMENT_PROPOSED, .capability = CAP_SETTLEMENT_UPDATE, .only = &who_edits,
		 .run = comment_propose_run},
		{COMMENT_PROPOSED, "decide", "Rozhodnout", "o vypořádání rozhodnuto", COMMENT_DECIDED, .capability = CAP_SETTLEMENT_APPROVE, .not_by = "propose", .run = comment_decide_run},
		{COMMENT_PROPOSED " " COMMENT_DECIDED, "return", "Vrátit k přepracování", "vypořádání vráceno", COMMENT_ASSIGNED, .capability = CAP_SETTLEMENT_APPROVE, .reason = REASON_REQUIRED,
		 .restarts = true, .notify = "owner"},
		{COMMENT_DECIDED, "publish", "Zveřejnit", "vypořádání zveřejněno", COMMENT_PUBLISHED, .by_system = true}),
};
