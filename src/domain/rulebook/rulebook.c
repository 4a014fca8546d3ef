/* rulebook.c: versions of rule sets are kept, copied, saved while they are drafts, and read. */
#include "domain/rulebook/rulebook.h"

#include "base/data_file.h"
#include "base/hash.h"
#include "base/text.h"
#include "core/access.h"

#include "domain/rulebook/rehearsal.h"
#include "domain/rulebook/rulebook.sql.h"

#define OPEN_MAX (64u * 1024 * 1024)                      /* what the longest text takes, and half as much again */

/* The engine may move a version on; its text stays what it was when it was handed over. */
static Err check(Ctx *c, const void *row) {
	const RuleVersion *v = row;
	void              *stored;
	if (v->head.id == 0)
		return OK;
	TRY(store_get(c, &rule_version_entity, TODAY, v->head.id, &stored));
	const RuleVersion *before = stored;
	bool same_day = date_eq(before->valid_from, v->valid_from) || (c->stepping && !date_is(before->valid_from));      /* publishing says from when */
	if (!str_eq(before->state, S(RULES_DRAFT)) && !(str_eq(before->source, v->source) && str_eq(before->title, v->title) && same_day))
		return fail(c, ERR_CONFLICT, "source", "Tato verze už byla předána ke schválení a její text se nemění. Založte její kopii a upravte tu.");
	return OK;
}

static Err prepare(Ctx *c, void *row) {
	RuleVersion *v = row;
	Sha256       digest = sha256(v->source);
	v->digest = hex(c->arena, digest.bytes, sizeof digest.bytes);
	return OK;
}

ENTITY(rule_version_entity, RuleVersion, RULE_VERSION_FIELDS, .name = "rule_set", .table = "rule_set", .one = "sada pravidel", .many = "sady pravidel",
       .of_many = "sad pravidel", .article = "f", .key = "code,no", .title = "title", .read = CAP_RULES_READ, .write = CAP_RULES_UPDATE, .path = "/app/pravidla",
       .check = check, .prepare = prepare, .raises_data_version = true)

/* ---- reading ---- */

Err rule_versions(Ctx *c, bool published_only, RuleVersions *ret) {
	*ret = (RuleVersions){0};
	Id    *ids = NULL;
	size_t len = 0, cap = 0;
	Rows   r = db_query(ctx_conn(c), &sql_rule_version_ids, P(V(published_only)));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ids, len, cap) = col_int(&r, 0);
	if (rows_end(&r) != OK)
		return fail_internal(c, "rule sets");
	for (size_t i = 0; i < len; i++) {
		void *row;
		TRY(store_get(c, &rule_version_entity, TODAY, ids[i], &row));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return OK;
}

bool rule_version_is_public(const RuleVersion *v) {
	return v->published_at.ms && (str_eq(v->state, S(RULES_PUBLISHED)) || str_eq(v->state, S(RULES_RETIRED)));
}

Err rule_version_get(Ctx *c, Id id, RuleVersion **ret) {
	void *row;
	TRY(store_get(c, &rule_version_entity, TODAY, id, &row));
	*ret = row;
	return rule_version_is_public(*ret) || may(c, CAP_RULES_UPDATE) || may(c, CAP_RULES_APPROVE) ? OK : fail(c, ERR_NOT_FOUND, NULL, "Taková zveřejněná sada pravidel tu není.");
}

Err rule_version_in_force(Ctx *c, Str code, Date day, RuleVersion **ret) {
	i64 id = 0;
	if (db_get_int(ctx_conn(c), &sql_rule_version_in_force, P(V(code), V(day)), 0, &id) != OK)
		return fail_internal(c, "rule set in force");
	if (id == 0)
		return fail(c, ERR_NOT_FOUND, NULL, "Žádná zveřejněná verze sady pravidel „%.*s“ k tomuto dni neplatí. Zveřejněte ji na stránce Pravidla.", STR_ARG(code));
	return rule_version_get(c, id, ret);
}

static void give_back(void *arena) { arena_free(arena); }

RuleSet *rule_text_open(Ctx *c, Str source, RuleFaults *faults) {
	Arena *own = NEW(c->arena, Arena, .limit = OPEN_MAX);
	arena_defer(c->arena, give_back, own);
	return rule_set_read(own, source, faults);
}

Err rule_version_open(Ctx *c, const RuleVersion *v, RuleSet **ret, RuleFaults *faults) {
	*faults = (RuleFaults){0};
	*ret = rule_text_open(c, v->source, faults);
	return OK;
}

/* ---- writing ---- */

static Err start(Ctx *c, RuleVersion *v) {
	i64 last;
	if (db_get_int(ctx_conn(c), &sql_rule_version_last, P(V(v->code)), 0, &last) != OK)
		return fail_internal(c, "number of a rule set");
	v->no = last + 1;
	v->account = c->actor->account;
	v->author = c->actor->name;
	v->made_at = c->now;
	v->published_at = (Instant){0};
	return workflow_start(c, &rule_set_machine, "open", v, NULL);
}

Err rule_version_copy(Ctx *c, Id from, RuleVersion **ret) {
	RuleVersion *stored;
	TRY(require(c, CAP_RULES_CREATE));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(rule_version_get(c, from, &stored));
	RuleVersion *v = entity_copy(c->arena, &rule_version_entity, stored);
	v->head = (EntityHead){0};
	v->note = (Str){0};
	v->valid_from = (Date){0};
	TRY(start(c, v));
	*ret = v;
	return tx_commit(&tx);
}

Err rule_version_save(Ctx *c, RuleVersion *v) {
	TRY(require(c, CAP_RULES_UPDATE));
	if (!str_eq(v->state, S(RULES_DRAFT)))
		return fail(c, ERR_CONFLICT, "source", "Tato verze už byla předána ke schválení a její text se nemění. Založte její kopii a upravte tu.");
	v->account = c->actor->account;
	v->author = c->actor->name;
	return entity_update(c, &rule_version_entity, v);
}

/* ---- the machine ---- */

static Err describe(Ctx *c, WorkObject *o) {
	const RuleVersion *v = o->row;
	o->title = str_format(c->arena, "%.*s, verze %lld", STR_ARG(v->title), (long long)v->no);
	o->link = str_format(c->arena, "/app/pravidla/%lld", (long long)o->id);
	o->owner = v->account;
	return OK;
}

static Err text_is_sound(Ctx *c, const WorkObject *o, Verdict *ret) {
	const RuleVersion *v = o->row;
	RuleFaults         faults;
	RuleSet           *set;
	TRY(rule_version_open(c, v, &set, &faults));
	if (faults.len)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Kontrola našla chyb: %zu. První je na řádku %d: %.*s", faults.len, faults.at[0].line, STR_ARG(faults.at[0].text)),
			S("Opravte text pravidel; všechny chyby jsou vypsané pod ním.")};
	else if (!str_eq(rule_set_code(set), v->code))
		*ret = (Verdict){REFUSED, str_format(c->arena, "Text má označení „%.*s“, sada ale „%.*s“.", STR_ARG(rule_set_code(set)), STR_ARG(v->code)),
			S("Opravte první řádek textu pravidel.")};
	return OK;
}
static const Guard sound = {"text_sound", "Kontrola v textu pravidel nic nenašla.", text_is_sound, NULL, NULL, NULL};

/* Four eyes also when the author asked a colleague to hand it over: `not_by` knows of steps only. */
static Err written_by_other(Ctx *c, const WorkObject *o, Verdict *ret) {
	const RuleVersion *v = o->row;
	if (c->actor->account && v->account == c->actor->account)
		*ret = (Verdict){REFUSED, S("Text této verze jste naposledy psali vy."), S("Požádejte kolegyni nebo kolegu se stejným oprávněním.")};
	return OK;
}
static const Guard other_author = {"other_author", "Schvaluje někdo jiný, než kdo text psal.", written_by_other, NULL, NULL, NULL};

/* It warns; to publish without it, a reason is asked for. */
static Err was_rehearsed(Ctx *c, const WorkObject *o, Verdict *ret) {
	KeptRehearsal k;
	bool          needed;
	TRY(rehearsal_of_text(c, o->row, &k, &needed));
	if (needed && !k.id)
		*ret = (Verdict){WAIVED, S("Tento text se ještě nepřehrál na záznamech minulých let proti platné verzi."),
			S("Přehrajte ho na stránce Přehrání; zveřejnit ho bez toho jde jen s důvodem.")};
	return OK;
}
static const Guard rehearsed = {"rehearsed", "Text je přehraný na záznamech minulých let proti platné verzi.", was_rehearsed, NULL, NULL, NULL};

static Err ask_why_unrehearsed(Ctx *c, const WorkMove *m) {
	KeptRehearsal k;
	bool          needed;
	TRY(rehearsal_of_text(c, m->object->row, &k, &needed));
	if (!needed || k.id || (m->input && str_trim(m->input->reason).len))
		return OK;
	return fail(c, ERR_INVALID, "reason", "Tento text se nepřehrál na záznamech minulých let. Napište, proč se zveřejňuje bez toho, nebo ho nechte nejdřív přehrát.");
}

/* What was computed before it came stays as it was. Only the first version of a set holds from the beginning: there is none before it. */
static Err note_published(Ctx *c, WorkMove *m) {
	RuleVersion *v = m->object->row;
	TRY(ask_why_unrehearsed(c, m));
	v->published_at = c->now;
	if (!date_is(v->valid_from) && v->no > 1)
		v->valid_from = c->today;
	return OK;
}

const Machine rule_set_machine = {
	.name = "rule_set", .title = "Sada pravidel", .entity = &rule_version_entity, .topic = "rules", .describe = describe,
	.help = "Metodik verzi upraví a předá, vedoucí ji schválí a tím zveřejní. Co bylo předáno, se už nemění; změna pravidel je nová verze.",
	MACHINE_STATES(
		{RULES_DRAFT, "rozepsaná", .tone = TONE_WARN, .waits_for = "owner"},
		{RULES_CHECKED, "ke schválení", .tone = TONE_INFO, .waits_for = "VED", .task = "Schvalte sadu pravidel", .why = "Metodik ji předal a kontrola v ní nic nenašla."},
		{RULES_PUBLISHED, "zveřejněná", .tone = TONE_OK, .waits_for = "VED", .needs = "check publish"},
		{RULES_RETIRED, "stažená", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "open", "Založit verzi", "verze založena", RULES_DRAFT, .capability = CAP_RULES_CREATE},
		{RULES_DRAFT, "check", "Předat ke schválení", "verze předána ke schválení", RULES_CHECKED, .capability = CAP_RULES_UPDATE, .guards = GUARDS(&sound, &rehearsed)},
		{RULES_CHECKED, "return", "Vrátit k úpravě", "verze vrácena k úpravě", RULES_DRAFT, .capability = CAP_RULES_APPROVE, .reason = REASON_REQUIRED, .restarts = true,
		 .notify = "owner"},
		{RULES_CHECKED, "publish", "Schválit a zveřejnit", "verze zveřejněna", RULES_PUBLISHED, .capability = CAP_RULES_APPROVE, .guards = GUARDS(&sound, &other_author, &rehearsed), .not_by = "check",
		 .reason = REASON_OPTIONAL, .reason_label = "Proč bez přehrání na minulých letech",
		 .alarms = true, .notify = "owner", .run = note_published},
		{RULES_DRAFT, "drop", "Zahodit verzi", "verze zahozena", RULES_RETIRED, .capability = CAP_RULES_UPDATE, .reason = REASON_REQUIRED},
		{RULES_PUBLISHED, "retire", "Stáhnout verzi", "verze stažena", RULES_RETIRED, .capability = CAP_RULES_APPROVE, .reason = REASON_REQUIRED, .alarms = true}),
};

/* ---- what the program brings ---- */

static Err seed_one(Ctx *c, const char *file) {
	Str        source = data_file(c->arena, file);
	RuleFaults faults = {0};
	RuleSet   *set = rule_text_open(c, source, &faults);
	i64        known;
	CHECK(set && faults.len == 0);                /* a test reads it, too */
	if (db_get_int(ctx_conn(c), &sql_rule_version_last, P(V(rule_set_code(set))), 0, &known) != OK)
		return fail_internal(c, "rule sets");
	if (known)
		return OK;
	RuleVersion *v = entity_new(c->arena, &rule_version_entity);
	v->code = rule_set_code(set);
	v->title = rule_set_title(set);
	v->source = source;
	v->note = S("Sada, která přišla s programem.");
	TRY(start(c, v));
	TRY(workflow_do(c, &rule_set_machine, v->head.id, "check", NULL));
	return workflow_do(c, &rule_set_machine, v->head.id, "publish", NULL);
}

Err rulebook_seed(Ctx *c) {
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(seed_one(c, "rules/vychozi-1.txt"));
	return tx_commit(&tx);
}
