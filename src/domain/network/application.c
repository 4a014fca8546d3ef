/* application.c: applications: who may begin one, what the register already knows, what is taken from the form. */
#include "domain/network/application.h"

#include <stdlib.h>

#include "base/format.h"
#include "base/text.h"
#include "core/access.h"
#include "core/codelist.h"
#include "domain/network/call.sql.h"
#include "domain/network/score.h"

bool application_is(const Application *a, const char *state) { return str_eq(a->state, str_c(state)); }

bool application_sees_points(Ctx *c, const Application *a) {
	bool decided = application_is(a, APPLICATION_INCLUDED) || application_is(a, APPLICATION_REFUSED) || application_is(a, APPLICATION_DEFERRED);
	bool of_region = access_scope(c, CAP_SCORE_READ).all && a->points != BLANK;
	return may(c, CAP_SCORE_APPROVE) || (may(c, CAP_SCORE_READ) && (decided || of_region));
}

/* Points before the decision are for those who decide and, once the scoring is closed, for officers; never for the applicant and the towns. */
static void application_hide(Ctx *c, void *row) {
	Application *a = row;
	if (application_sees_points(c, a))
		return;
	a->points = a->place = BLANK;
}

ENTITY(application_entity, Application, APPLICATION_FIELDS, .name = "network_application", .table = "network_application", .one = "žádost o zařazení do sítě",
       .many = "žádosti o zařazení do sítě", .of_many = "žádostí o zařazení do sítě", .article = "f", .title = "name", .order = "name",
       .read = CAP_APPLICATION_READ, .write = CAP_APPLICATION_APPROVE, .path = "/app/zadosti", .scope_provider = "provider", .scope_district = "district", .hide = application_hide)

Err application_stored(Ctx *c, Id id, Application **ret) {
	void *row;
	TRY(store_get(c, &application_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err application_get(Ctx *c, Id id, Application **ret) {
	void *row;
	TRY(require(c, CAP_APPLICATION_READ));
	TRY(entity_get(c, &application_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

Err application_list(Ctx *c, Id call, Applications *ret) {
	EntityList all;
	ListFilter of = {.field = entity_field(&application_entity, S("call")), .value = str_format(c->arena, "%lld", (long long)call)};
	*ret = (Applications){0};
	TRY(entity_list(c, &application_entity, &(ListQuery){.filters = &of, .filter_count = 1, .limit = -1}, &all));
	for (size_t i = 0; i < all.len; i++)
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = all.at[i];
	return OK;
}

/* ---- territory ---- */

static int by_share(const void *x, const void *y) {
	const AreaShare *a = x, *b = y;
	return a->share.basis_points != b->share.basis_points ? (a->share.basis_points < b->share.basis_points ? 1 : -1) : str_cmp(a->district->code, b->district->code);
}

void application_areas(Ctx *c, const Application *a, AreaShares *ret) {
	Str rest = a->areas;
	*ret = (AreaShares){0};
	while (rest.len) {
		Str         one = str_cut(&rest, ','), code = str_cut(&one, '=');
		i64         share = 0;
		const Unit *u = territory_by_code(c, LEVEL_DISTRICT, code);
		if (u && str_to_int(one, &share))
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (AreaShare){u, {share}};
	}
	if (ret->len > 1)
		qsort(ret->at, ret->len, sizeof *ret->at, by_share);
}

typedef struct CodeShare { Str code; i64 share; } CodeShare;
static int by_code(const void *x, const void *y) { return str_cmp(((const CodeShare *)x)->code, ((const CodeShare *)y)->code); }

/* Rows of the form that name a district twice are one share. */
static Str areas_of_form(Ctx *c, const FormTree *t, const FormValues *v) {
	CodeShare list[GRID_LINES];
	size_t    n = 0;
	for (i64 line = 1; line <= form_lines(v, t, S("Územní působnost")) && n < GRID_LINES; line++) {
		const FormValue *district = form_value(v, S("obvod"), line), *share = form_value(v, S("podil"), line);
		size_t           at = 0;
		if (!district || !share || share->amount == BLANK)
			continue;
		while (at < n && !str_eq(list[at].code, district->typed))
			at++;
		list[at] = (CodeShare){district->typed, (at < n ? list[at].share : 0) + share->amount};
		n += at == n;
	}
	qsort(list, n, sizeof *list, by_code);
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < n; i++)
		buf_format(&b, "%s%.*s=%lld", i ? "," : "", STR_ARG(list[i].code), (long long)list[i].share);
	return buf_take(&b, c->arena);
}

/* ---- beginning ---- */

typedef struct Known { Prefill at[12]; size_t len; } Known;

static void know(Known *k, const char *name, Str value) {
	if (value.len)
		k->at[k->len++] = (Prefill){name, value, "z registru služeb", false};
}

/* Beds of a residential service are registered; units of direct care are not, so nothing is guessed for others. */
static void know_capacity(Ctx *c, const ServiceWhole *w, Known *k) {
	CapacitySums sums;
	i64          beds = 0;
	service_capacity_sums(c->arena, w, &sums);
	for (size_t i = 0; i < sums.len; i++)
		if (str_eq(sums.at[i].form, S("pob")) && str_eq(sums.at[i].type, S("luzka")))
			beds += sums.at[i].count;
	if (beds) {
		know(k, "service.capacity", str_format(c->arena, "%lld", (long long)beds));
		know(k, "service.unit", S("L"));
	}
}

static Err know_service(Ctx *c, Id service, Known *k) {
	ServiceWhole w;
	TRY(service_whole(c, TODAY, service, &w));
	know(k, "service.identifier", w.service->identifier);
	know(k, "service.name", w.service->name);
	know(k, "service.kind", w.service->kind);
	if (w.service->target_groups.len)
		know(k, "service.group", w.service->target_groups.at[0]);
	if (w.form_count) {
		know(k, "service.form", w.forms[0].row->form);
		know(k, "service.hours", w.forms[0].row->hours);
	}
	know_capacity(c, &w, k);
	return OK;
}

static bool has_code(const Strs *codes, Str code) {
	for (size_t i = 0; i < codes->len; i++)
		if (str_eq(codes->at[i], code))
			return true;
	return false;
}

static Err check_start(Ctx *c, const Call *k, Str type, const Service *s, Id provider) {
	if (!call_takes(k, c->now))
		return fail(c, ERR_CONFLICT, NULL, "Do výzvy teď žádat nejde: %.*s. Rozhoduje čas serveru.", STR_ARG(call_when(c->arena, k)));
	if (!call_form(k, type))
		return fail(c, ERR_INVALID, "type", "Vyberte typ žádosti, který výzva dovoluje.");
	if (!s && !str_eq(type, S("C")))
		return fail(c, ERR_INVALID, "service", "Vyberte službu. Bez registrované služby jde podat jen projektový záměr C.");
	if (s && s->provider != provider)
		return fail(c, ERR_INVALID, "service", "Vyberte službu své organizace.");
	if (s && date_is(s->provided_to) && date_before(s->provided_to, c->today))
		return fail(c, ERR_INVALID, "service", "Registrace této služby skončila. Vyberte jinou.");
	if (s && k->kinds.len && !has_code(&k->kinds, s->kind))
		return fail(c, ERR_INVALID, "service", "Výzva je jen pro vyjmenované druhy služeb a %.*s mezi nimi není.", STR_ARG(codelist_name(c, "service_kind", s->kind)));
	return OK;
}

static Err only_once(Ctx *c, Id call, Str type, Id service) {
	i64 n;
	if (db_get_int(c->conn, &sql_application_same, P(V(call), V(type), V(service)), 0, &n) != OK)
		return fail_internal(c, "applications");
	return n ? fail(c, ERR_CONFLICT, NULL, "Žádost tohoto typu pro tuto službu už v této výzvě máte. Pokračujte v ní, nebo ji zrušte.") : OK;
}

static Err start_submission(Ctx *c, const Call *k, Application *a, const Known *known) {
	Submission s = {.form_version = call_form(k, a->type), .object = S("network_application"), .object_id = a->head.id, .provider = a->provider, .municipality = BLANK,
	                .district = BLANK, .opens_at = k->opens_at, .closes_at = k->closes_at};
	s.title = str_format(c->arena, "Žádost %.*s: %.*s", STR_ARG(a->type), STR_ARG(a->name));
	TRY(submission_start(c, &s, known->at, known->len));
	TRY(application_stored(c, a->head.id, &a));
	a->submission = s.head.id;
	bool decided = c->scope_decided;
	c->scope_decided = true;                     /* the row was made here, a moment ago */
	Err e = entity_update(c, &application_entity, a);
	c->scope_decided = decided;
	return e;
}

Err application_start(Ctx *c, Id call, Str type, Id service, Str name, Application **ret) {
	Call    *k;
	void    *s = NULL;
	Known    known = {0};
	RowScope mine = access_scope(c, CAP_APPLICATION_CREATE);
	TRY(require(c, CAP_APPLICATION_CREATE));
	TRY(call_get(c, call, &k));
	if (!mine.provider_count)
		return fail(c, ERR_FORBIDDEN, NULL, "Žádost zakládá pracovník poskytovatele.");
	if (service)
		TRY(store_get(c, &service_entity, TODAY, service, &s));
	Id provider = s && scope_has_provider(&mine, ((Service *)s)->provider) ? ((Service *)s)->provider : mine.providers[0];
	TRY(check_start(c, k, type, s, provider));
	name = s ? ((Service *)s)->name : text_clean(c->arena, name);
	if (!name.len)
		return fail(c, ERR_INVALID, "name", "Napište název zamýšlené služby.");
	if (service)
		TRY(know_service(c, service, &known));
	else
		know(&known, "service.name", name);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	if (service)
		TRY(only_once(c, call, type, service));
	Application *a = entity_new(c->arena, &application_entity);
	a->call = call;
	a->type = type;
	a->provider = provider;
	a->service = service ? service : BLANK;
	a->name = utf8_first(name, 300);
	a->kind = s ? ((Service *)s)->kind : (Str){0};
	a->owner = c->actor->account;
	a->author = c->actor->name;
	a->made_at = c->now;
	TRY(workflow_start(c, &application_machine, "apply", a, NULL));
	TRY(start_submission(c, k, a, &known));
	TRY(application_stored(c, a->head.id, ret));
	return tx_commit(&tx);
}

/* ---- what the form says ---- */

static void take_numbers(Ctx *c, const FormTree *t, const FormValues *v, Application *a) {
	AreaShares areas;
	i64        day = form_amount_of(t, v, "od");
	a->name = form_text_of(v, "nazev").len ? utf8_first(form_text_of(v, "nazev"), 300) : a->name;
	a->kind = form_text_of(v, "druh");
	a->form = form_text_of(v, "forma");
	a->target_group = form_text_of(v, "skupina");
	a->unit = form_text_of(v, "jednotka");
	a->capacity_now = fte(form_amount_of(t, v, "kapacita_nyni"));
	a->capacity = fte(form_amount_of(t, v, "kapacita_nova"));
	a->starts_on = day == BLANK ? (Date){0} : (Date){(i32)day};
	a->costs = (Money){form_amount_of(t, v, "naklady")};
	a->vp = (Money){form_amount_of(t, v, "vp")};
	a->co_funding = (Money){form_amount_of(t, v, "spolufinancovani")};
	a->areas = areas_of_form(c, t, v);
	application_areas(c, a, &areas);
	a->district = areas.len ? areas.at[0].district->id : BLANK;
}

/* Inside the step "submitted": a is the row that the engine stores next. */
static Err take_form(Ctx *c, WorkMove *m) {
	Application *a = m->object->row;
	Submission  *s;
	FormTree     t;
	FormValues   v;
	TRY(submission_of(c, application_entity.name, m->object->id, &s));
	if (!s)
		return fail_internal(c, "an application without a form");
	TRY(form_tree(c, s->form_version, &t));
	TRY(submission_values(c, s->head.id, &v));
	take_numbers(c, &t, &v, a);
	return statements_request(c, a);
}

static Err describe(Ctx *c, WorkObject *o) {
	const Application *a = o->row;
	o->title = str_format(c->arena, "Žádost %.*s: %.*s", STR_ARG(a->type), STR_ARG(a->name));
	o->link = str_format(c->arena, "/app/zadosti/%lld", (long long)o->id);
	o->owner = a->owner;
	o->provider = a->provider;
	o->district = a->district > 0 ? a->district : 0;
	return OK;
}

/* ---- guards ---- */

/* What a call and the register ask of the form that is being submitted, or accepted. */
static Err fits_call(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Application *a = o->row;
	Submission        *s;
	Call              *k;
	CallTargets        t;
	FormTree           form;
	FormValues         v;
	TRY(call_stored(c, a->call, &k));
	TRY(submission_of(c, application_entity.name, o->id, &s));
	if (!s || call_is(k, CALL_CANCELLED) || call_is(k, CALL_ARCHIVED)) {
		*ret = (Verdict){REFUSED, S("Výzva byla zrušena."), S("Sledujte, zda kraj vyhlásí jinou.")};
		return OK;
	}
	TRY(call_targets(c, k->head.id, &t));
	TRY(form_tree(c, s->form_version, &form));
	TRY(submission_values(c, s->head.id, &v));
	if (k->kinds.len && !has_code(&k->kinds, form_text_of(&v, "druh")))
		*ret = (Verdict){REFUSED, str_format(c->arena, "Výzva je jen pro vyjmenované druhy služeb a %.*s mezi nimi není.",
		                                     STR_ARG(codelist_name(c, "service_kind", form_text_of(&v, "druh")))), S("Opravte ve formuláři druh služby.")};
	for (i64 line = 1; t.districts.len && line <= form_lines(&v, &form, S("Územní působnost")); line++) {
		const FormValue *x = form_value(&v, S("obvod"), line);
		bool             fits = !x || !x->typed.len;
		for (size_t i = 0; i < t.districts.len; i++)
			fits = fits || str_eq(t.districts.at[i]->code, x->typed);
		if (!fits)
			*ret = (Verdict){REFUSED, S("Výzva je jen pro vyjmenované obvody a žádost uvádí i jiný."), S("Upravte územní působnost.")};
	}
	return OK;
}
static const Guard fits_guard = {"fits_call", "Žádost odpovídá podmínkám výzvy.", fits_call, NULL, NULL, NULL};

static Err is_registered(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Application *a = o->row;
	void              *row = NULL;
	if (a->service > 0)
		TRY(store_get(c, &service_entity, TODAY, a->service, &row));
	if (str_eq(a->type, S("C")) && !row)
		return OK;
	if (!row || (date_is(((Service *)row)->provided_to) && date_before(((Service *)row)->provided_to, c->today)))
		*ret = (Verdict){REFUSED, S("Služba nemá platnou registraci."), S("Podání vraťte k opravě, nebo ho odmítněte.")};
	return OK;
}
static const Guard registered_guard = {"is_registered", "Služba je registrovaná (typy A a B).", is_registered, NULL, NULL, NULL};

static Err statements_done(Ctx *c, const WorkObject *o, Verdict *ret) {
	bool done;
	i64  missing;
	TRY(statements_complete(c, o->row, &done, &missing));
	if (!done)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Chybí vyjádření obvodů: %lld.", (long long)missing),
		                 S("Počkejte na ně, nebo na konec lhůty; co nepřijde, zapíše se jako „nepřišlo“.")};
	return OK;
}
static const Guard statements_guard = {"statements_done", "Vyjádření obcí jsou doručená, nebo jejich lhůta minula.", statements_done, NULL, NULL, NULL};

static const Guard funding_guard = {"funding", "Vyrovnávací platba se vejde do možností objednatele (F18, F19).", NULL,
	"Výhled financování sítě se zatím po žádostech nepočítá; návrh posoudí správce sítě.", NULL, NULL};

static Err propose(Ctx *c, WorkMove *m) {
	const Str   *proposal = m->input ? m->input->more : NULL;
	Application *a = m->object->row;
	if (!proposal || !codelist_find(c, "application_proposal", *proposal))
		return fail(c, ERR_INVALID, "proposal", "Vyberte, zda žádost navrhujete zařadit, nezařadit, nebo odložit.");
	TRY(score_allows(c, a, *proposal));
	a->proposal = *proposal;
	return OK;
}

Err application_propose(Ctx *c, Id id, i64 version, Str proposal, Str reason) {
	return workflow_do(c, &application_machine, id, "propose", &(WorkInput){.version = version, .reason = reason, .more = &proposal});
}

static Err note_decision(Ctx *c, WorkMove *m) {
	Application *a = m->object->row;
	a->resolution = m->input->resolution;
	a->decided_on = c->today;
	a->letter = m->input->reason;
	return OK;
}

/* Refused: the letter, and the need that stays without an answer. */
static Err refuse(Ctx *c, WorkMove *m) {
	Application *a = m->object->row;
	TRY(note_decision(c, m));
	UnansweredNeed *u = entity_new(c->arena, &unanswered_entity);
	u->title = utf8_first(a->name, 160);
	u->district = a->district;
	u->target_group = a->target_group;
	u->kind = a->kind;
	u->unit = a->unit;
	u->missing_capacity = a->capacity;
	u->reason = S("zdroje");
	u->text = a->letter;
	u->resolution = a->resolution;
	u->review_date = date_add_months(c->today, 12);
	u->published_at = c->now;
	u->object = str_c(application_entity.name);
	u->object_id = m->object->id;
	return unanswered_add(c, u);
}

/* A step of the application that takes the step of its form with it: the reaction to the form's step sees the mark and leaves the application alone. */
static const char by_application[] = "by the application";

static Err take_step(Ctx *c, WorkMove *m, const char *action) {
	Submission *s;
	TRY(submission_of(c, application_entity.name, m->object->id, &s));
	WorkInput    in = {.reason = m->input ? m->input->reason : (Str){0}, .more = (void *)by_application};
	const Actor *who = c->actor;
	c->actor = &actor_program;                   /* whoever decides on the application need not decide on forms; the application's own step says who it was */
	Err e = s ? workflow_do(c, &submission_machine, s->head.id, action, &in) : OK;
	c->actor = who;
	return e;
}

static Err accept_form(Ctx *c, WorkMove *m) { return take_step(c, m, "accept"); }
static Err refuse_form(Ctx *c, WorkMove *m) { return take_step(c, m, "refuse"); }

static Err give_up(Ctx *c, WorkMove *m) {
	Submission *s;
	TRY(submission_of(c, application_entity.name, m->object->id, &s));
	bool open = s && !submission_is(s, SUBMISSION_ACCEPTED) && !submission_is(s, SUBMISSION_REFUSED);
	return open ? workflow_system(c, &submission_machine, s->head.id, "abandon", m->input->reason) : OK;
}

const Machine application_machine = {
	.name = "network_application", .title = "Žádost o zařazení do sítě", .entity = &application_entity, .topic = "network", .describe = describe,
	.help = "Žádost se podává formulářem. Správce sítě ji formálně zkontroluje, obce se vyjádří, dva hodnotitelé dají body, správce navrhne a zastupitelstvo rozhodne.",
	MACHINE_STATES(
		{APPLICATION_DRAFT, "rozpracovaná", .tone = TONE_WARN, .waits_for = "PSG"},
		{APPLICATION_SUBMITTED, "podaná, čeká na formální kontrolu", .tone = TONE_INFO, .waits_for = "NET"},
		{APPLICATION_CHECKED, "formálně v pořádku, vyjadřují se obce", .tone = TONE_INFO, .waits_for = "NET"},
		{APPLICATION_STATED, "čeká na hodnocení", .tone = TONE_INFO, .waits_for = "NET", .task = "Zajistěte hodnocení žádosti", .button = "Otevřít žádost",
		 .why = "Žádost hodnotí dva hodnotitelé.", .term = {.setting = "network.score_days"}, .needs = "close_statements"},
		{APPLICATION_SCORED, "ohodnocená", .tone = TONE_INFO, .waits_for = "NET", .task = "Navrhněte, jak o žádosti rozhodnout", .button = "Otevřít žádost",
		 .why = "Návrh jde územním řídicím skupinám a zastupitelstvu.", .needs = "close_statements score"},
		{APPLICATION_PROPOSED, "s návrhem", .tone = TONE_INFO, .waits_for = "NET", .needs = "score propose"},
		{APPLICATION_INCLUDED, "zařazená", .tone = TONE_OK, .is_final = true, .needs = "score propose include"},
		{APPLICATION_REFUSED, "nezařazená", .tone = TONE_ERR, .is_final = true},
		{APPLICATION_DEFERRED, "odložená", .tone = TONE_WARN, .waits_for = "NET"},
		{APPLICATION_FORMAL, "formálně odmítnutá", .tone = TONE_ERR, .is_final = true},
		{APPLICATION_WITHDRAWN, "zrušená", .is_final = true}),
	MACHINE_ACTIONS(
		{START, "apply", "Založit žádost", "žádost založena", APPLICATION_DRAFT, .capability = CAP_APPLICATION_CREATE},
		{APPLICATION_DRAFT, "submitted", "Podat", "žádost podána", APPLICATION_SUBMITTED, .by_system = true, .guards = GUARDS(&fits_guard),
		 .run = take_form},
		{APPLICATION_SUBMITTED, "taken_back", "Vrátit do rozpracovaných", "vráceno do rozpracovaných", APPLICATION_DRAFT, .by_system = true, .restarts = true},
		{APPLICATION_SUBMITTED, "pass", "Formálně v pořádku", "formálně v pořádku", APPLICATION_CHECKED, .capability = CAP_APPLICATION_APPROVE,
		 .guards = GUARDS(&registered_guard), .run = accept_form},
		{APPLICATION_SUBMITTED, "fail", "Formálně odmítnout", "formálně odmítnuta", APPLICATION_FORMAL, .capability = CAP_APPLICATION_APPROVE, .reason = REASON_REQUIRED,
		 .alarms = true, .notify = "owner PSG", .run = refuse_form},
		{APPLICATION_DRAFT " " APPLICATION_SUBMITTED " " APPLICATION_CHECKED " " APPLICATION_STATED " " APPLICATION_SCORED " " APPLICATION_PROPOSED, "give_up",
		 "Vzít žádost zpět", "žádost vzata zpět", APPLICATION_WITHDRAWN, .capability = CAP_APPLICATION_SUBMIT, .reason = REASON_REQUIRED, .alarms = true, .notify = "NET",
		 .run = give_up},
		{APPLICATION_SUBMITTED, "passed", "Formálně v pořádku", "formální kontrola v pořádku", APPLICATION_CHECKED, .by_system = true,
		 .guards = GUARDS(&registered_guard)},
		{APPLICATION_SUBMITTED, "failed", "Formálně odmítnout", "formálně odmítnuta", APPLICATION_FORMAL, .by_system = true},
		{APPLICATION_DRAFT, "cancelled", "Zrušit", "žádost zrušena", APPLICATION_WITHDRAWN, .by_system = true, .reason = REASON_REQUIRED},
		{APPLICATION_CHECKED, "close_statements", "Uzavřít vyjádření obcí", "vyjádření uzavřena", APPLICATION_STATED, .capability = CAP_APPLICATION_APPROVE,
		 .guards = GUARDS(&statements_guard)},
		{APPLICATION_STATED, "score", "Uzavřít hodnocení", "hodnocení uzavřeno", APPLICATION_SCORED, .capability = CAP_APPLICATION_APPROVE, .guards = GUARDS(&score_guard),
		 .run = score_close},
		{APPLICATION_SCORED, "propose", "Zapsat návrh", "zapsán návrh", APPLICATION_PROPOSED, .capability = CAP_APPLICATION_APPROVE, .guards = GUARDS(&funding_guard),
		 .reason = REASON_REQUIRED, .reason_label = "Zdůvodnění návrhu", .run = propose},
		{APPLICATION_PROPOSED " " APPLICATION_DEFERRED, "include", "Zapsat zařazení", "zařazena do sítě", APPLICATION_INCLUDED, .capability = CAP_APPLICATION_APPROVE,
		 .resolution = "usnesení zastupitelstva kraje", .reason = REASON_OPTIONAL, .reason_label = "Sdělení poskytovateli", .alarms = true, .notify = "owner PSG COO",
		 .run = note_decision},
		{APPLICATION_PROPOSED " " APPLICATION_DEFERRED, "refuse", "Zapsat nezařazení", "nezařazena", APPLICATION_REFUSED, .capability = CAP_APPLICATION_APPROVE,
		 .resolution = "usnesení zastupitelstva kraje", .reason = REASON_REQUIRED, .reason_label = "Odůvodnění pro poskytovatele a veřejnost", .alarms = true,
		 .notify = "owner PSG COO", .run = refuse},
		{APPLICATION_PROPOSED, "defer", "Zapsat odložení", "rozhodnutí odloženo", APPLICATION_DEFERRED, .capability = CAP_APPLICATION_APPROVE,
		 .resolution = "usnesení zastupitelstva kraje", .reason = REASON_REQUIRED, .reason_label = "Proč a do kdy", .notify = "owner PSG", .run = note_decision}),
};

/* ---- the form moves the application ---- */

static Err follow(Ctx *c, const WorkMove *m, const char *action, const char *why) {
	const Submission *s = m->object->row;
	Str reason = m->input && m->input->reason.len ? m->input->reason : str_c(why);
	if (m->input && m->input->more == by_application)
		return OK;
	return str_eq(s->object, str_c(application_entity.name)) ? workflow_system(c, &application_machine, s->object_id, action, reason) : OK;
}

/* Whoever may decide on forms in general does not make the formal check of an application by the way. */
static Err decided(Ctx *c, const WorkMove *m, const char *action, const char *why) {
	const Submission *s = m->object->row;
	if (str_eq(s->object, str_c(application_entity.name)) && !c->actor->is_program && !may(c, CAP_APPLICATION_APPROVE))
		return fail(c, ERR_FORBIDDEN, NULL, "Formální kontrolu žádosti o zařazení do sítě dělá správce sítě. Požádejte ho o ni.");
	return follow(c, m, action, why);
}

Err application_on_submit(Ctx *c, const WorkMove *m) { return follow(c, m, "submitted", "Podání bylo odesláno."); }
Err application_on_withdraw(Ctx *c, const WorkMove *m) { return follow(c, m, "taken_back", "Podání bylo vzato zpět."); }
Err application_on_return(Ctx *c, const WorkMove *m) { return decided(c, m, "taken_back", "Podání bylo vráceno k opravě."); }
Err application_on_accept(Ctx *c, const WorkMove *m) { return decided(c, m, "passed", "Podání bylo přijato."); }
Err application_on_refuse(Ctx *c, const WorkMove *m) { return decided(c, m, "failed", "Podání bylo odmítnuto."); }
Err application_on_cancel(Ctx *c, const WorkMove *m) { return follow(c, m, "cancelled", "Podání bylo zrušeno."); }
