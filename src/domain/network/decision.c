/* decision.c: decisions about single lines: who takes them, what must hold, and what they do to the line. */
#include "domain/network/decision.h"

#include "base/format.h"
#include "core/codelist.h"
#include "core/deadline_store.h"
#include "core/notice.h"
#include "core/task.h"
#include "domain/network/decision.sql.h"
#include "domain/network/draft_inside.h"
#include "domain/network/mandate_watch.h"
#include "domain/network/move.h"
#include "domain/network/reservation.h"
#include "domain/people/demo.h"

ENTITY(line_decision_entity, Decision, DECISION_FIELDS, .name = "line_decision", .table = "line_decision", .one = "rozhodnutí o řádku sítě", .many = "rozhodnutí o řádcích sítě",
       .of_many = "rozhodnutí o řádcích sítě", .article = "n", .title = "service_name", .order = "from_day", .read = CAP_NETWORK_READ, .write = CAP_NETWORK_UPDATE,
       .path = "/app/sit/rozhodnuti", .scope_provider = "provider")

Err decision_stored(Ctx *c, Id id, Decision **ret) {
	void *row;
	TRY(store_get(c, &line_decision_entity, TODAY, id, &row));
	*ret = row;
	return OK;
}

static bool is(const Decision *x, const char *kind) { return str_eq(x->kind, str_c(kind)); }

bool decision_wants_resolution(Str kind) { return words_have(DECISION_MERGE " " DECISION_EXIT " " DECISION_STAY, kind); }

/* ---- guards: what the kind asks of the line ---- */

static Str line_fault(Ctx *c, const Decision *x, Date day) {
	void  *row;
	size_t said = c->problems.len;
	if (is(x, DECISION_URGENT))
		return (Str){0};
	Err e = store_get(c, &line_entity, (AsOf){.valid = day}, x->line, &row);
	c->problems.len = said;
	if (e != OK)
		return S("Řádek v ten den v síti není.");
	const Line *l = row;
	Str         name = codelist_name(c, "line_status", l->status);
	if ((is(x, DECISION_EXIT) || is(x, DECISION_STAY)) && !str_eq(l->status, S(LINE_EXIT_PROPOSED)))
		return str_format(c->arena, "Řádek je ve stavu „%.*s“, k vyřazení navržený není.", STR_ARG(name));
	if (is(x, DECISION_MERGE) && !words_have(LINE_IN_NETWORK " " LINE_WITH_RESERVATION, l->status))
		return str_format(c->arena, "Řádek je ve stavu „%.*s“, sloučit jde jen službu v síti.", STR_ARG(name));
	if (is(x, DECISION_LEAVE) && !line_counts(l) && !str_eq(l->status, S(LINE_PREPARED)))
		return str_format(c->arena, "Řádek je ve stavu „%.*s“, ze sítě už vystoupil.", STR_ARG(name));
	return (Str){0};
}

static Err line_fits(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Decision *x = o->row;
	Str             fault = line_fault(c, x, date_is(x->from_day) ? x->from_day : c->today);
	if (fault.len)
		*ret = (Verdict){REFUSED, fault, S("Zkontrolujte číslo řádku a den.")};
	return OK;
}
static const Guard fits = {"decision_line", "Řádek je ve stavu, ve kterém o něm takto jde rozhodnout.", line_fits, NULL, NULL, NULL};

static Err successor_fits(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Decision *x = o->row;
	void           *row;
	size_t          said = c->problems.len;
	if (!is(x, DECISION_MERGE))
		return OK;
	bool there = id_given(x->successor) && store_get(c, &line_entity, (AsOf){.valid = date_is(x->from_day) ? x->from_day : c->today}, x->successor, &row) == OK;
	c->problems.len = said;
	if (!there || x->successor == x->line || !line_counts(row))
		*ret = (Verdict){REFUSED, S("Chybí řádek, který kapacitu přebírá, nebo v ten den v síti není."), S("Vyberte jiný řádek, který v síti zůstává.")};
	return OK;
}
static const Guard successor = {"decision_successor", "Sloučený řádek má nástupce, který je v síti.", successor_fits, NULL, NULL, NULL};

static Err correction_whole(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Decision *x = o->row;
	void           *row;
	bool nothing = x->capacity.hundredths == BLANK && !x->areas.len && !x->level.len && !date_is(x->since) && !date_is(x->until);
	if (!is(x, DECISION_CORRECTION))
		return OK;
	if (nothing) {
		*ret = (Verdict){REFUSED, S("Oprava nemění kapacitu, území, úroveň ani dobu."), S("Vyplňte, co má být jinak.")};
		return OK;
	}
	TRY(store_get(c, &line_entity, TODAY, x->line, &row));
	if (((Line *)row)->head.version != x->line_version)
		*ret = (Verdict){REFUSED, S("Řádek se od zapsání opravy změnil."), S("Opravu odmítněte a ať ji správce sítě zapíše znovu nad tím, jak řádek vypadá teď.")};
	return OK;
}
static const Guard correction = {"decision_correction", "Oprava říká, co je jinak, a řádek je, jaký byl při jejím zapsání.", correction_whole, NULL, NULL, NULL};

static Err urgent_whole(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Decision *x = o->row;
	i64             n = 0;
	if (!is(x, DECISION_URGENT))
		return OK;
	AsOf now = as_of_full(c, TODAY);
	if (!id_given(x->service) || x->capacity.hundredths == BLANK || !x->unit.len || !x->areas.len || !x->level.len)
		*ret = (Verdict){REFUSED, S("Chybí služba, jednotka, kapacita, území, nebo úroveň."), S("Doplňte je.")};
	else if (!date_is(x->until) || !date_after(x->until, c->today) || date_after(x->until, date_add_months(c->today, 12)))
		*ret = (Verdict){REFUSED, S("Den přezkumu (Zařazena do) není v příštích dvanácti měsících."), S("Zvolte den nejdéle za dvanáct měsíců.")};
	else if (db_get_int(ctx_conn(c), &sql_decision_lines_of_service, P(V(x->service), V(now.valid), V(now.recorded)), 0, &n) != OK)
		return fail_internal(c, "lines of a service");
	else if (n)
		*ret = (Verdict){REFUSED, S("Služba už v síti je."), S("Změnu její kapacity zapište do návrhu verze.")};
	return OK;
}
static const Guard urgent = {"decision_urgent", "Naléhavě se zařazuje služba, která v síti není, na dobu nejdéle dvanácti měsíců.", urgent_whole, NULL, NULL, NULL};

static Err kind_is(Ctx *c, const WorkObject *o, const char *kind, Verdict *ret) {
	const Decision *x = o->row;
	(void)c;
	if (!is(x, kind))
		*ret = (Verdict){REFUSED, S("Tento druh rozhodnutí má jiný krok."), S("Zvolte druhý krok na stránce.")};
	return OK;
}
static Err is_confirmed(Ctx *c, const WorkObject *o, Verdict *ret) {
	return is(o->row, DECISION_LEAVE) ? OK : kind_is(c, o, DECISION_CORRECTION, ret);
}
static Err is_urgent(Ctx *c, const WorkObject *o, Verdict *ret) { return kind_is(c, o, DECISION_URGENT, ret); }
static const Guard only_confirmed = {"decision_only_confirmed", "Bez usnesení se potvrzuje jen oprava přepisu a vystoupení k minulému dni.", is_confirmed, NULL, NULL, NULL};
static const Guard only_urgent = {"decision_only_urgent", "Podle usnesení se tu zařazuje jen naléhavá situace.", is_urgent, NULL, NULL, NULL};

/* ---- steps ---- */

static Err end_mandates(Ctx *c) {
	i64 ended;
	return mandates_follow_lines(c, &ended);     /* with the last day in the network; a coming day is followed by the clock */
}

static Str reason_of(Ctx *c, const Decision *x) {
	return utf8_first(str_format(c->arena, "%.*s: %.*s", STR_ARG(x->end_reason.len ? codelist_name(c, "line_end_reason", x->end_reason)
	                                                            : codelist_name(c, "line_decision_kind", x->kind)), STR_ARG(x->why)), 500);
}

static Err run_leave(Ctx *c, WorkMove *m) {
	Decision *x = m->object->row;
	TRY(line_move(c, x->line, &(LineMove){.status = LINE_LEFT, .from = x->from_day, .reason = reason_of(c, x)}));
	TRY(task_close(c, S("network.registration_ends"), line_entity.name, x->line));
	return end_mandates(c);
}

/* The line that takes over gets its new capacity by the same resolution. */
static Err take_over(Ctx *c, const Decision *x) {
	void *row;
	Date  day = date_is(x->from_day) ? x->from_day : c->today;
	if (x->capacity.hundredths == BLANK)
		return OK;
	TRY(store_get(c, &line_entity, (AsOf){.valid = day}, x->successor, &row));
	Line *l = row;
	l->capacity = x->capacity;
	l->resolution = x->resolution;
	l->change_reason = reason_of(c, x);
	return line_write(c, l, day, l->head.valid_to);
}

static Err run_decide(Ctx *c, WorkMove *m) {
	Decision  *x = m->object->row;
	Resolution r;
	TRY(network_resolution(c, m->input->resolution, &r));
	x->resolution = r.head.id;
	LineMove move = {.status = is(x, DECISION_STAY) ? LINE_IN_NETWORK : is(x, DECISION_MERGE) ? LINE_MERGED : LINE_LEFT, .resolution = r.head.id, .from = x->from_day,
	                 .level = is(x, DECISION_STAY) ? level_without_reservation : NULL, .merged_under = is(x, DECISION_MERGE) ? x->successor : 0,
	                 .reason = reason_of(c, x)};
	if (is(x, DECISION_MERGE))
		TRY(take_over(c, x));
	TRY(line_move(c, x->line, &move));
	return end_mandates(c);
}

/* For all the days on which the line looked so: it was wrong from the beginning of them. */
static Err run_confirm(Ctx *c, WorkMove *m) {
	Decision *x = m->object->row;
	void     *row;
	if (is(x, DECISION_LEAVE))
		return run_leave(c, m);
	TRY(store_get(c, &line_entity, TODAY, x->line, &row));
	Line *l = row;
	l->capacity = x->capacity.hundredths == BLANK ? l->capacity : x->capacity;
	l->areas = x->areas.len ? x->areas : l->areas;
	l->level = x->level.len ? x->level : l->level;
	l->since = date_is(x->since) ? x->since : l->since;
	l->until = date_is(x->until) ? x->until : l->until;
	l->change_reason = reason_of(c, x);
	return line_write(c, l, l->head.valid_from, l->head.valid_to);
}

static Err forms_of(Ctx *c, Id service, Strs *ret) {
	ServiceWhole w;
	TRY(service_whole(c, TODAY, service, &w));
	for (size_t i = 0; i < w.form_count; i++) {
		bool known = false;
		for (size_t k = 0; k < ret->len; k++)
			known = known || str_eq(ret->at[k], w.forms[i].row->form);
		if (!known)
			strs_add(c->arena, ret, w.forms[i].row->form);
	}
	return OK;
}

static Err tell_districts(Ctx *c, const Decision *x, Id decision) {
	static const char *const roles[] = {"COO", "CHA"};
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, x->until);
	for (size_t i = 0; i < LEN(roles); i++)
		TRY(notice_add_role(c, roles[i], SCOPE_NONE, 0, (Notice){.topic = "network", .title = str_cat(c->arena, S("Naléhavé zařazení do sítě: "), x->service_name),
			.text = str_format(c->arena, "Služba je v síti mimo kalendář do %.*s. %.*s", STR_ARG(buf_view(&b)), STR_ARG(x->why)), .link = S("/sit/zmeny"),
			.object = line_decision_entity.name, .object_id = decision}));
	return OK;
}

static Err run_admit(Ctx *c, WorkMove *m) {
	Decision       *x = m->object->row;
	Resolution      r;
	Network        *basic;
	NetworkVersions all;
	void           *row;
	TRY(network_resolution(c, m->input->resolution, &r));
	TRY(network_of_tier(c, (Str){0}, &basic));
	TRY(network_versions(c, basic->head.id, false, &all));
	const NetworkVersion *v = network_version_on(&all, c->today);
	if (!v)
		return fail(c, ERR_CONFLICT, NULL, "Síť ještě nemá účinnou verzi. Naléhavé zařazení potřebuje verzi, do které patří.");
	TRY(store_get(c, &service_entity, TODAY, x->service, &row));
	const Service *s = row;
	Line          *l = entity_new(c->arena, &line_entity);
	l->network = basic->head.id;
	TRY(draft_next_number(c, basic->head.id, 0, &l->number));
	l->service = x->service;
	l->provider = s->provider;
	l->name = s->name;
	l->kind = s->kind;
	TRY(forms_of(c, x->service, &l->forms));
	l->target_groups = s->target_groups;
	l->areas = x->areas;
	l->unit = x->unit;
	l->capacity = x->capacity;
	l->level = x->level;
	l->status = S(LINE_IN_NETWORK);
	l->since = c->today;
	l->until = x->until;
	l->merged_under = 0;
	l->by_version = v->head.id;
	l->resolution = x->resolution = r.head.id;
	l->change_reason = reason_of(c, x);
	TRY(line_write(c, l, c->today, (Date){0}));
	x->line = l->head.id;
	x->from_day = c->today;
	return tell_districts(c, x, m->object->id);
}

static Err review_day(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	const Decision *x = o->row;
	(void)c;
	*ret = prague_instant(date_add(x->until, 1), 0);
	*why = S("Poslední den, na který byla služba naléhavě zařazena; pak řádek skončí sám.");
	return OK;
}

static Err describe(Ctx *c, WorkObject *o) {
	const Decision *x = o->row;
	o->title = str_format(c->arena, "%.*s, %.*s", STR_ARG(x->service_name), STR_ARG(codelist_name(c, "line_decision_kind", x->kind)));
	o->link = str_format(c->arena, "/app/sit/rozhodnuti/%lld", (long long)o->id);
	o->text = x->why;
	o->provider = id_given(x->provider) ? x->provider : 0;
	return OK;
}

const Machine line_decision_machine = {
	.name = "line_decision", .title = "Rozhodnutí o řádku sítě", .entity = &line_decision_entity, .topic = "network", .describe = describe,
	.help = "Co se o řádku rozhodne mezi verzemi: služba odchází, slučuje se, po návrhu na vyřazení odchází nebo zůstává podle usnesení. Opravu přepisu a vystoupení k minulému dni, který registr nedokládá, potvrzuje vedoucí odboru; "
	        "naléhavé zařazení na dobu určitou zapisuje podle usnesení rady nebo zastupitelstva.",
	MACHINE_STATES(
		{DECISION_WAITING, "čeká na vedoucího odboru", .tone = TONE_WARN, .waits_for = "VED", .task = "Rozhodněte o změně řádku sítě", .button = "Otevřít",
		 .why = "Opravu přepisu, vystoupení k minulému dni a naléhavé zařazení potvrzuje jiný člověk, než kdo je zapsal."},
		{DECISION_WATCHED, "zařazena na dobu určitou", .tone = TONE_INFO, .waits_for = "NET", .task = "Přezkoumejte naléhavé zařazení", .button = "Otevřít",
		 .why = "Do konce doby se rozhodne, zda služba v síti zůstane.", .term = {.at = review_day}, .needs = "propose admit"},
		{DECISION_DONE, "provedené", .tone = TONE_OK, .is_final = true},
		{DECISION_REFUSED, "odmítnuté", .is_final = true, .needs = "propose refuse"}),
	MACHINE_ACTIONS(
		{START, "leave", "Zapsat vystoupení", "vystoupení zapsáno", DECISION_DONE, .capability = CAP_NETWORK_UPDATE, .guards = GUARDS(&fits), .alarms = true,
		 .notify = "PSG MSG COO ECO", .run = run_leave},
		{START, "decide", "Zapsat rozhodnutí", "rozhodnutí zapsáno", DECISION_DONE, .capability = CAP_NETWORK_UPDATE, .guards = GUARDS(&fits, &successor),
		 .resolution = "usnesení zastupitelstva kraje", .alarms = true, .notify = "PSG MSG COO ECO", .run = run_decide},
		{START, "propose", "Předat vedoucímu odboru", "předáno vedoucímu odboru", DECISION_WAITING, .capability = CAP_NETWORK_UPDATE,
		 .guards = GUARDS(&fits, &correction, &urgent)},
		{DECISION_WAITING, "confirm", "Potvrdit", "potvrzeno", DECISION_DONE, .capability = CAP_NETWORK_APPROVE, .not_by = "propose",
		 .guards = GUARDS(&only_confirmed, &correction, &fits), .alarms = true, .notify = "NET PSG", .run = run_confirm},
		{DECISION_WAITING, "admit", "Zapsat naléhavé zařazení", "služba naléhavě zařazena", DECISION_WATCHED, .capability = CAP_NETWORK_APPROVE, .not_by = "propose",
		 .guards = GUARDS(&only_urgent, &urgent), .resolution = "usnesení rady nebo zastupitelstva kraje", .alarms = true, .notify = "NET PSG", .run = run_admit},
		{DECISION_WAITING, "refuse", "Odmítnout", "odmítnuto", DECISION_REFUSED, .capability = CAP_NETWORK_APPROVE, .reason = REASON_REQUIRED, .notify = "NET"},
		{DECISION_WATCHED, "reviewed", "Zapsat výsledek přezkumu", "přezkoumáno", DECISION_DONE, .capability = CAP_NETWORK_UPDATE, .reason = REASON_REQUIRED,
		 .reason_label = "Jak přezkum dopadl", .notify = "PSG COO"}),
};

/* ---- writing ---- */

static Err take_line(Ctx *c, Decision *x, Str number) {
	void  *row;
	size_t said = c->problems.len;
	Err    e = number.len ? entity_find(c, &line_entity, TODAY, "number", number, &row) : ERR_NOT_FOUND;
	if (e == ERR_NOT_FOUND) {
		c->problems.len = said;
		return fail(c, ERR_INVALID, "radek", "Číslo řádku: řádek „%.*s“ dnes v síti není. Číslo najdete v seznamu řádků sítě.", STR_ARG(utf8_first(number, 40)));
	}
	TRY(e);
	const Line *l = row;
	x->line = l->head.id;
	x->line_version = l->head.version;
	x->service_name = l->name;
	x->provider = l->provider;
	x->unit = x->unit.len ? x->unit : l->unit;
	return OK;
}

static Err take_service(Ctx *c, Decision *x) {
	void *row;
	if (!id_given(x->service))
		return fail(c, ERR_INVALID, "service", "Služba v registru: doplňte identifikátor služby, která se zařazuje.");
	TRY(store_get(c, &service_entity, TODAY, x->service, &row));
	x->service_name = ((Service *)row)->name;
	x->provider = ((Service *)row)->provider;
	return OK;
}

/* A past day that the register does not prove. */
static Err wants_confirmation(Ctx *c, const Decision *x, bool *ret) {
	void *row;
	size_t said = c->problems.len;
	*ret = is(x, DECISION_LEAVE) && date_is(x->from_day) && date_before(x->from_day, c->today);
	if (!*ret)
		return OK;
	TRY(store_get(c, &line_entity, TODAY, x->line, &row));
	Id  service = ((Line *)row)->service;
	Err e = id_given(service) ? store_get(c, &service_entity, TODAY, service, &row) : ERR_NOT_FOUND;
	c->problems.len = said;
	TRY(e == ERR_NOT_FOUND ? OK : e);
	const Service *s = e == OK ? row : NULL;
	*ret = !(s && date_is(s->provided_to) && date_before(s->provided_to, x->from_day));
	return OK;
}

Err decision_add(Ctx *c, Decision *x, Str line_number, Str resolution) {
	TRY(require(c, CAP_NETWORK_UPDATE));
	if (!codelist_find(c, "line_decision_kind", x->kind))
		return fail(c, ERR_INVALID, "kind", "Druh: vyberte ho z nabídky.");
	if (is(x, DECISION_LEAVE) && !x->end_reason.len)
		return fail(c, ERR_INVALID, "end_reason", "Proč končí: vyberte důvod z nabídky.");
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(is(x, DECISION_URGENT) ? take_service(c, x) : take_line(c, x, line_number));
	bool confirmed;
	TRY(wants_confirmation(c, x, &confirmed));
	const char *action = is(x, DECISION_LEAVE) && !confirmed ? "leave" : decision_wants_resolution(x->kind) ? "decide" : "propose";
	TRY(workflow_start(c, &line_decision_machine, action, x, &(WorkInput){.resolution = decision_wants_resolution(x->kind) ? resolution : (Str){0}}));
	return tx_commit(&tx);
}

/* ---- the register says that a service ends ---- */

static Err tell_end(Ctx *c, Id line) {
	void   *row, *service;
	TRY(store_get(c, &line_entity, TODAY, line, &row));
	const Line *l = row;
	TRY(store_get(c, &service_entity, TODAY, l->service, &service));
	CLEANUP(buf_free) Buf b = {0};
	fmt_date(&b, ((Service *)service)->provided_to);
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	TRY(task_open(c, &(Task){.kind = S("network.registration_ends"), .title = str_format(c->arena, "Zapište vystoupení ze sítě: řádek %.*s %.*s", STR_ARG(l->number), STR_ARG(l->name)),
		.why = str_format(c->arena, "Podle registru služba končí %.*s a v síti je dál.", STR_ARG(buf_view(&b))), .object = str_c(line_entity.name), .object_id = line,
		.link = str_format(c->arena, "/app/sit/rozhodnuti/nove?druh=" DECISION_LEAVE "&radek=%.*s", STR_ARG(l->number)), .button = S("Zapsat vystoupení"), .role = S("NET")}));
	return tx_commit(&tx);
}

Err decisions_watch_register(Ctx *c) {
	DraftIds ids = {0};
	AsOf     now = as_of_full(c, TODAY);
	Rows     r = db_query(ctx_conn(c), &sql_decision_ending_services, P(V(now.valid), V(now.recorded), V(date_add(c->today, 60))));
	while (rows_next(&r))
		*ARENA_PUSH(c->arena, ids.at, ids.len, ids.cap) = col_int(&r, 0);
	if (rows_end(&r) != OK)
		return fail_internal(c, "services that end");
	for (size_t i = 0; i < ids.len; i++)
		TRY(tell_end(c, ids.at[i]));
	return OK;
}

/* ---- the sample: a correction that waits for the head of the department ---- */

Err decisions_demo(Ctx *c) {
	Actor        officer;
	Networks     all;
	LineWholes   lines;
	const Actor *before = c->actor;
	TRY(people_demo_actor(c, "sit@demo.invalid", &officer));
	TRY(networks_all(c, &all));
	TRY(lines_of(c, all.at[0]->head.id, TODAY, &lines));
	for (size_t i = 5; i < lines.len; i++) {
		const Line *l = lines.at[i].line;
		if (!str_eq(l->status, S(LINE_IN_NETWORK)) || !str_eq(l->unit, S("U")))
			continue;
		Decision *x = entity_new(c->arena, &line_decision_entity);
		x->kind = S(DECISION_CORRECTION);
		x->capacity = fte(l->capacity.hundredths + 25);
		x->why = S("V příloze usnesení je o čtvrt úvazku víc, než bylo přepsáno. Ukázková data.");
		c->actor = &officer;
		Err e = decision_add(c, x, l->number, (Str){0});
		c->actor = before;
		return e;
	}
	return OK;
}
