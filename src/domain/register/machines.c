/* machines.c: the two machines as tables, and what they tell people. */
#include "domain/register/machines.h"

#include "core/access.h"
#include "core/trail.h"

const Topic register_topics[1] = {
	{"register", "Údaje služeb", "Rozhodnutí o návrzích změn a hlášení chyb v katalogu.", MAIL_DIGEST},
};

const MailKind register_mails[1] = {
	{"register.report_answer", "Odpověď na hlášení chyby", "Dostane ten, kdo v katalogu nahlásil chybu a nechal e-mail.", NULL, "sluzba hlaseni odpoved",
	 "Odpověď na hlášení chyby: {sluzba}",
	 "Dobrý den,\n\nnahlásili jste chybu v údajích služby {sluzba}:\n\n{hlaseni}\n\nOdpověď:\n\n{odpoved}\n\n"
	 "Váš e-mail jsme z hlášení smazali.\n\n{odbor}, {kraj}"},
};

static Str service_name(Ctx *c, Id service) {
	void  *row;
	size_t said = c->problems.len;
	Err    err = store_get(c, &service_entity, TODAY, service, &row);
	c->problems.len = said;
	return err == OK ? ((Service *)row)->name : str_format(c->arena, "služba č. %lld", (long long)service);
}

/* ---- suggestions ---- */

/* "Název, Domov U Lípy", "Kontakt telefon: Hodnota, Domov U Lípy", "Jiná změna, Domov U Lípy" */
static Str suggestion_title(Ctx *c, const Suggestion *s) {
	const Entity *e = suggestion_object(s->object);
	const Field  *f = e ? entity_field(e, s->field) : NULL;
	Str           what = !f ? s->object_name : e == &service_entity ? str_c(f->label) : str_format(c->arena, "%.*s: %s", STR_ARG(s->object_name), f->label);
	return str_format(c->arena, "%.*s, %.*s", STR_ARG(what), STR_ARG(service_name(c, s->service)));
}

static Err describe_suggestion(Ctx *c, WorkObject *o) {
	const Suggestion *s = o->row;
	void             *service;
	size_t            said = c->problems.len;
	if (store_get(c, &service_entity, TODAY, s->service, &service) == OK)
		o->provider = ((Service *)service)->provider;
	c->problems.len = said;
	o->title = suggestion_title(c, s);
	o->link = str_format(c->arena, "/app/sluzby/%lld/navrhy", (long long)s->service);
	o->owner_link = S("/app/moje-sluzby/navrhy");
	o->text = s->suggested;
	o->owner = s->account;
	return OK;
}

/* People of a provider know their own services, municipalities and coordinators those around them. */
static bool knows_service(Ctx *c, const WorkObject *o) {
	RowScope scope = access_scope(c, CAP_REGISTER_SUGGEST);
	return scope.all || scope.municipality_count || scope.district_count || (o->provider && scope_has_provider(&scope, o->provider));
}
static const OnlyFor who_knows = {"ten, kdo jedná za poskytovatele služby, za obec nebo za obvod", knows_service};

const Machine suggestion_machine = {
	.name = "suggestion", .title = "Návrh změny údajů služby", .entity = &suggestion_entity, .topic = "register", .describe = describe_suggestion,
	.help = "Kdo službu zná, navrhne, co má být v evidenci jinak. O každém údaji rozhoduje správce sítě; do té doby se nic nemění.",
	MACHINE_STATES(
		{"open", "čeká na rozhodnutí", .tone = TONE_INFO, .waits_for = "NET", .task = "Rozhodněte o návrhu změny", .button = "Rozhodnout",
		 .why = "Navrhovatel čeká na odpověď a veřejnost na správný údaj.", .term = {.setting = "register.suggestion_days"}},
		{"accepted", "přijato", .tone = TONE_OK, .is_final = true, .needs = "suggest accept"},
		{"rejected", "odmítnuto", .tone = TONE_WARN, .is_final = true},
		{"withdrawn", "staženo", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "suggest", "Navrhnout změnu", "návrh podán", "open", .capability = CAP_REGISTER_SUGGEST, .only = &who_knows},
		{"open", "accept", "Přijmout", "návrh přijat", "accepted", .capability = CAP_REGISTER_EDIT, .reason = REASON_OPTIONAL,
		 .reason_label = "Odpověď navrhovateli", .run = suggestion_accept, .notify = "owner"},
		{"open", "reject", "Odmítnout", "návrh odmítnut", "rejected", .capability = CAP_REGISTER_EDIT, .reason = REASON_REQUIRED,
		 .reason_label = "Odpověď navrhovateli, proč se návrh odmítá", .run = suggestion_reject, .notify = "owner"},
		{"open", "withdraw", "Stáhnout návrh", "návrh stažen", "withdrawn", .capability = CAP_REGISTER_SUGGEST, .only = &only_owner,
		 .reason = REASON_OPTIONAL, .run = suggestion_withdraw}),
};

/* ---- reports of errors ---- */

static Err describe_report(Ctx *c, WorkObject *o) {
	const ErrorReport *r = o->row;
	o->title = service_name(c, r->service);
	o->link = str_format(c->arena, "/app/hlaseni/%lld", (long long)r->head.id);
	o->text = r->text;
	return OK;
}

/* The letter leaves only when there is somebody to write to and something to say. */
static Err answer_sender(Ctx *c, const ErrorReport *r, Str answer) {
	MailHole holes[] = {{"sluzba", service_name(c, r->service)}, {"hlaseni", r->text}, {"odpoved", answer}};
	return r->email.len && answer.len ? mail_add(c, "register.report_answer", 0, r->email, holes, LEN(holes)) : OK;
}

static Err take_report(Ctx *c, WorkMove *m) {
	((ErrorReport *)m->object->row)->taken_by = c->actor->name;
	return OK;
}

static Err finish_report(Ctx *c, WorkMove *m) {
	ErrorReport *r = m->object->row;
	TRY(answer_sender(c, r, m->input->reason));
	r->done_at = c->now;
	r->done_by = c->actor->name;
	r->answer = m->input->reason;
	r->email = S("");
	return OK;
}

static Err reopen_report(Ctx *c, WorkMove *m) {
	ErrorReport *r = m->object->row;
	r->taken_by = c->actor->name;
	r->done_at = (Instant){0};
	r->done_by = r->answer = S("");
	return OK;
}

/* After the step has left its own record: the address goes from all records of the report. */
static Err forget_sender(Ctx *c, const WorkMove *m) {
	return trail_erase_object(c, error_report_entity.name, m->object->id, NULL);
}
const Reaction register_reactions[2] = {{"error_report", "answer", forget_sender}, {"error_report", "refuse", forget_sender}};

const Machine error_report_machine = {
	.name = "error_report", .title = "Hlášení chyby v katalogu", .entity = &error_report_entity, .topic = "register", .describe = describe_report,
	.help = "Kdokoli může u služby v katalogu nahlásit chybu. Správce sítě ji ověří, opraví údaje a odpoví; e-mail odesílatele se tím smaže.",
	MACHINE_STATES(
		{"received", "přijato", .tone = TONE_WARN, .waits_for = "NET", .task = "Ověřte hlášení chyby", .button = "Otevřít hlášení",
		 .why = "Někdo v katalogu našel chybu; dokud ji neopravíte, plete se i ostatním.", .term = {.setting = "register.report_days", .unit = TERM_WORKING_DAYS}},
		{"solving", "řeší se", .tone = TONE_INFO, .waits_for = "NET", .task = "Dokončete hlášení chyby", .button = "Otevřít hlášení",
		 .why = "Hlášení je převzaté a čeká na odpověď.", .term = {.setting = "register.report_days", .unit = TERM_WORKING_DAYS}},
		{"answered", "vyřízeno", .tone = TONE_OK, .term = {.setting = "register.report_reopen_days"}},
		{"refused", "odmítnuto", .term = {.setting = "register.report_reopen_days"}},
		{"closed", "uzavřeno", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "report", "Nahlásit chybu", "chyba nahlášena", "received", .capability = ANYONE},
		{"received", "take", "Převzít", "převzato", "solving", .capability = CAP_REGISTER_EDIT, .run = take_report},
		{"received solving", "answer", "Vyřídit", "vyřízeno", "answered", .capability = CAP_REGISTER_EDIT, .reason = REASON_OPTIONAL,
		 .reason_label = "Odpověď tomu, kdo chybu nahlásil", .run = finish_report},
		{"received solving", "refuse", "Odmítnout", "odmítnuto", "refused", .capability = CAP_REGISTER_EDIT, .reason = REASON_REQUIRED,
		 .reason_label = "Proč se nic neopraví", .run = finish_report},
		{"answered refused", "reopen", "Vrátit k řešení", "vráceno k řešení", "solving", .capability = CAP_REGISTER_EDIT, .run = reopen_report},
		{"answered refused", "close", "Uzavřít", "uzavřeno", "closed", .by_system = true, .on_due = true}),
};

const Machine *const register_machines[2] = {&suggestion_machine, &error_report_machine};
