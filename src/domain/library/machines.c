/* machines.c: the steps of a version as a table. */
#include "domain/library/inside.h"

static Err describe_version(Ctx *c, WorkObject *o) {
	const DocumentVersion *v = o->row;
	Document              *d;
	size_t                 said = c->problems.len;
	Str                    title = document_stored(c, v->document, &d) == OK ? d->title : S("dokument");
	c->problems.len = said;
	o->title = str_format(c->arena, "%.*s, verze č. %lld", STR_ARG(title), (long long)v->no);
	o->link = str_format(c->arena, "/app/dokumenty/%lld", (long long)v->document);
	o->owner = v->author == BLANK ? 0 : v->author;
	return OK;
}

static Err has_content(Ctx *c, const WorkObject *o, Verdict *ret) {
	const DocumentVersion *v = o->row;
	(void)c;
	if (!v->text.len && (v->file == BLANK || !v->file))
		*ret = (Verdict){REFUSED, S("Verze nemá text ani soubor."), S("Napište text, nebo nahrajte soubor.")};
	return OK;
}
static const Guard content_guard = {"has_content", "Verze má text, nebo soubor.", has_content, NULL, NULL, NULL};

/* Whoever takes the step, rules or the page of steps: what is found changes with it. */
Err document_index_again(Ctx *c, const WorkMove *m) {
	return document_index(c, ((const DocumentVersion *)m->object->row)->document);
}

const Machine document_version_machine = {
	.name = "document_version", .title = "Verze dokumentu", .entity = &document_version_entity, .describe = describe_version,
	.help = "Rozpracovaná verze se upravuje. Zmrazená se už nikdy nezmění, proto na ni jde trvale odkazovat; co se má změnit, přijde v nové verzi.",
	MACHINE_STATES(
		{VERSION_DRAFT, "rozpracovaná", .tone = TONE_INFO, .waits_for = "PLN"},
		{VERSION_FROZEN, "zmrazená", .tone = TONE_OK, .waits_for = "PLN", .needs = "add freeze"},
		{VERSION_WITHDRAWN, "odvolaná", .tone = TONE_WARN, .is_final = true}),
	MACHINE_ACTIONS(
		{START, "add", "Založit verzi", "verze založena", VERSION_DRAFT, .capability = CAP_DOCUMENT_UPDATE},
		{VERSION_DRAFT, "freeze", "Zmrazit verzi", "verze zmrazena", VERSION_FROZEN, .capability = CAP_DOCUMENT_PUBLISH, .guards = GUARDS(&content_guard),
		 .alarms = true, .run = version_freeze_step},
		{VERSION_FROZEN, "withdraw", "Odvolat verzi", "verze odvolána", VERSION_WITHDRAWN, .capability = CAP_DOCUMENT_PUBLISH,
		 .reason = REASON_REQUIRED, .reason_label = "Proč se verze odvolává", .alarms = true, .run = version_withdraw_step}),
};
