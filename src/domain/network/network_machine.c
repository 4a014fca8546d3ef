/* network_machine.c: the way of a version, from a draft to the day when another one replaces it, as a table (DOMAIN § 8). What a draft must have before it is
 * approved is asked by guards of the draft (draft_*.c), which hang here. */
#include "core/task.h"
#include "domain/network/draft.h"

static Err describe(Ctx *c, WorkObject *o) {
	const NetworkVersion *v = o->row;
	o->title = str_format(c->arena, "Verze sítě %.*s", STR_ARG(v->number));
	o->link = str_format(c->arena, words_have(VERSION_IS_DRAFT " " VERSION_IN_ROUTE, v->state) ? "/app/sit/navrh/%lld" : "/app/sit/verze/%lld", (long long)v->head.id);
	o->owner_link = S("/sit");
	o->text = v->title;
	return OK;
}

static Err day_has_come(Ctx *c, const WorkObject *o, Verdict *ret) {
	const NetworkVersion *v = o->row;
	if (date_after(v->effective_from, c->today))
		*ret = (Verdict){REFUSED, S("Den účinnosti verze ještě nenastal."), S("Počkejte na něj; verze začne platit sama.")};
	return OK;
}
static const Guard day_guard = {"day_has_come", "Nastal den, od kterého je verze účinná.", day_has_come};

static Err effective_at(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	const NetworkVersion *v = o->row;
	(void)c;
	*ret = prague_instant(v->effective_from, 0);
	*why = S("Verze je účinná ode dne, který určilo zastupitelstvo.");
	return OK;
}

/* Which resolution decided, and when. */
static Err run_approve(Ctx *c, WorkMove *m) {
	NetworkVersion *v = m->object->row;
	Resolution      r;
	TRY(network_resolution(c, m->input->resolution, &r));
	v->resolution = r.head.id;
	v->approved_on = r.decided_on;
	return draft_seal(c, v);
}

/* The version before it gives way. */
static Err replace_before(Ctx *c, const NetworkVersion *v) {
	NetworkVersions all;
	TRY(network_versions(c, v->network, true, &all));
	for (size_t i = 0; i < all.len; i++)
		if (all.at[i]->head.id != v->head.id && str_eq(all.at[i]->state, S(VERSION_EFFECTIVE)))
			TRY(workflow_system(c, &network_version_machine, all.at[i]->head.id, "replace", str_format(c->arena, "Nahradila ji verze %.*s.", STR_ARG(v->number))));
	return OK;
}

static Err run_start(Ctx *c, WorkMove *m) {
	return replace_before(c, m->object->row);
}

/* ---- a network from before the program ---- */

static Err taken_in_order(Ctx *c, const WorkObject *o, Verdict *ret) {
	const NetworkVersion *v = o->row;
	NetworkVersions       all;
	TRY(network_versions(c, v->network, true, &all));
	if (network_has_approved(&all))
		*ret = (Verdict){REFUSED, S("Síť už má verzi schválenou v této aplikaci."), S("Další verzi připravte jako návrh.")};
	else if (date_after(v->effective_from, c->today) && !c->actor->is_program)       /* the sample tells its history as it was decided */
		*ret = (Verdict){REFUSED, S("Verze ještě není účinná."), S("Připravte ji jako návrh.")};
	for (size_t i = 0; i < all.len && ret->kind != REFUSED; i++)
		if (network_version_is_public(all.at[i]) && !date_after(v->effective_from, all.at[i]->effective_from))
			*ret = (Verdict){REFUSED, str_format(c->arena, "Síť už má verzi %.*s, účinnou ve stejný den nebo později.", STR_ARG(all.at[i]->number)),
			                 S("Verze se přebírají postupně od nejstarší.")};
	return OK;
}
static const Guard in_order = {"taken_in_order", "Přebírají se jen verze z doby před aplikací, od nejstarší.", taken_in_order, NULL, NULL, NULL};

static Err is_loading(Ctx *c, const WorkObject *o, Verdict *ret) {
	(void)c;
	if (!network_version_is_loading(o->row))
		*ret = (Verdict){REFUSED, S("Řádky této verze se nenačítají."), S("Uzavírat není co.")};
	return OK;
}
static const Guard loading = {"taken_open", "Verze je převzatá a její řádky se ještě načítají.", is_loading, NULL, NULL, NULL};

static Err run_take_over(Ctx *c, WorkMove *m) {
	TRY(run_approve(c, m));
	return replace_before(c, m->object->row);
}

static Err run_close(Ctx *c, WorkMove *m) {
	((NetworkVersion *)m->object->row)->closed_on = c->today;
	return task_close(c, S("network.taken_over"), network_version_entity.name, m->object->id);
}

/* Its lines come by files; another person looks at the whole. */
Err network_taken_over(Ctx *c, const WorkMove *m) {
	const NetworkVersion *v = m->object->row;
	NetworkVersions       all;
	TRY(network_versions(c, v->network, true, &all));
	for (size_t i = 0; i < all.len; i++)
		TRY(task_close(c, S("network.taken_over"), network_version_entity.name, all.at[i]->head.id));
	return task_open(c, &(Task){.kind = S("network.taken_over"), .object = str_c(network_version_entity.name), .object_id = m->object->id, .role = S("VED"),
		.title = str_format(c->arena, "Zkontrolujte převzatou síť: verze %.*s", STR_ARG(v->number)), .why = S("Dokud převzetí neuzavřete, řádky se do ní načítají bez dalšího usnesení."),
		.link = str_format(c->arena, "/app/sit/verze/%lld", (long long)m->object->id), .button = S("Otevřít verzi")});
}

const Machine network_version_machine = {
	.name = "network_version", .title = "Verze sítě", .entity = &network_version_entity, .topic = "network", .describe = describe,
	.help = "Správce sítě připraví návrh verze, orgány kraje ho projednají a zastupitelstvo schválí. Schválená verze se nemění; v den účinnosti začne platit sama "
	        "a nahradí předchozí. Síť z doby před aplikací se převezme s usnesením, její řádky se načtou ze sešitu a vedoucí odboru převzetí uzavře.",
	MACHINE_STATES(
		{VERSION_IS_DRAFT, "rozpracovaná", .tone = TONE_INFO, .waits_for = "NET", .task = "Připravte verzi sítě k projednání", .button = "Otevřít verzi",
		 .why = "Orgány kraje projednávají hotový návrh."},
		{VERSION_IN_ROUTE, "v projednání", .tone = TONE_WARN, .waits_for = "VED", .task = "Zapište, jak o verzi sítě rozhodlo zastupitelstvo", .button = "Otevřít verzi",
		 .why = "Schválená verze určuje síť ode dne účinnosti."},
		{VERSION_APPROVED, "schválená", .tone = TONE_OK, .term = {.at = effective_at}, .needs = "route approve"},
		{VERSION_EFFECTIVE, "účinná", .tone = TONE_OK},
		{VERSION_SUPERSEDED, "nahrazená", .is_final = true},
		{VERSION_CANCELLED, "zrušená", .tone = TONE_WARN, .is_final = true, .needs = "open cancel"}),
	MACHINE_ACTIONS(
		{START, "open", "Založit verzi", "verze založena", VERSION_IS_DRAFT, .capability = CAP_NETWORK_CREATE},
		{START, "take_over", "Převzít dřívější verzi", "dřívější verze převzata", VERSION_EFFECTIVE, .capability = CAP_NETWORK_CREATE,
		 .guards = GUARDS(&in_order), .resolution = "usnesení zastupitelstva kraje", .run = run_take_over},
		{VERSION_EFFECTIVE, "close_loading", "Uzavřít převzetí", "převzetí zkontrolováno a uzavřeno", VERSION_EFFECTIVE, .capability = CAP_NETWORK_APPROVE,
		 .not_by = "take_over", .guards = GUARDS(&loading), .alarms = true, .notify = "NET", .run = run_close},
		{VERSION_IS_DRAFT, "route", "Předat k projednání", "předána k projednání", VERSION_IN_ROUTE, .capability = CAP_NETWORK_UPDATE, .notify = "VED COO"},
		{VERSION_IN_ROUTE, "return", "Vrátit k dopracování", "vrácena k dopracování", VERSION_IS_DRAFT, .capability = CAP_NETWORK_APPROVE,
		 .reason = REASON_REQUIRED, .reason_label = "Důvod podle zápisu z jednání", .restarts = true, .notify = "NET"},
		{VERSION_IN_ROUTE, "approve", "Zapsat schválení", "schválena", VERSION_APPROVED, .capability = CAP_NETWORK_APPROVE, .not_by = "route",
		 .resolution = "usnesení zastupitelstva kraje", .alarms = true, .notify = "PSG MSG COO NET", .run = run_approve},
		{VERSION_IS_DRAFT " " VERSION_IN_ROUTE, "cancel", "Zrušit verzi", "verze zrušena", VERSION_CANCELLED, .capability = CAP_NETWORK_APPROVE,
		 .reason = REASON_REQUIRED, .alarms = true},
		{VERSION_APPROVED, "start", "Začít platit", "nabyla účinnosti", VERSION_EFFECTIVE, .by_system = true, .on_due = true, .guards = GUARDS(&day_guard),
		 .run = run_start},
		{VERSION_EFFECTIVE, "replace", "Nahradit", "nahrazena novou verzí", VERSION_SUPERSEDED, .by_system = true}),
};
