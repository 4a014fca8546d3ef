/* statement.c: statements of municipalities on applications: asked for by the program, written and signed by the municipality, recorded as none when late. */
#include "base/text.h"
#include "core/access.h"
#include "core/deadline_store.h"
#include "core/settings.h"
#include "domain/network/application.h"
#include "domain/network/call.sql.h"

static bool only_due_moved(const void *before, const void *row) {
	for (size_t i = 0; i < statement_entity.field_count; i++)
		if (strcmp(statement_entity.fields[i].name, "due") != 0 && !field_equal(&statement_entity.fields[i], before, row))
			return false;
	return true;
}

static Err check_statement(Ctx *c, const void *row) {
	const Statement *s = row;
	void            *stored;
	if (!s->head.id || c->stepping)
		return OK;
	TRY(store_get(c, &statement_entity, TODAY, s->head.id, &stored));
	return str_eq(((Statement *)stored)->state, S(STATEMENT_REQUESTED)) || only_due_moved(stored, row) ? OK
	       : fail(c, ERR_CONFLICT, NULL, "Vyjádření je podepsané nebo doručené a nemění se. Dokud běží lhůta, jde ho vzít zpět tlačítkem „Nahradit“.");
}

ENTITY(statement_entity, Statement, STATEMENT_FIELDS, .name = "municipal_statement", .table = "municipal_statement", .one = "vyjádření obce", .many = "vyjádření obcí",
       .of_many = "vyjádření obcí", .article = "n", .title = "name", .due = "due", .read = CAP_STATEMENT_READ, .write = CAP_STATEMENT_UPDATE, .path = "/app/vyjadreni",
       .scope_district = "district", .scope_municipality = "municipality", .check = check_statement)

bool statement_came(const Statement *s) { return str_eq(s->state, S(STATEMENT_DELIVERED)) || str_eq(s->state, S(STATEMENT_USED)); }

static Err describe(Ctx *c, WorkObject *o) {
	const Statement *s = o->row;
	o->title = str_format(c->arena, "Vyjádření k žádosti: %.*s", STR_ARG(s->name));
	o->link = str_format(c->arena, "/app/vyjadreni/%lld", (long long)o->id);
	o->district = s->district;
	o->municipality = s->municipality > 0 ? s->municipality : 0;
	return OK;
}

static Err when_due(Ctx *c, const WorkObject *o, Instant *ret, Str *why) {
	const Statement *s = o->row;
	*ret = s->due;
	*why = str_format(c->arena, "%s do %.*s.", str_eq(s->state, S(STATEMENT_DELIVERED)) ? "Nahradit ho jde" : "Vyjádření se doručuje", STR_ARG(deadline_until(c->arena, s->due)));
	return OK;
}

/* All that is missing at once: who fills it in needs not come back for each. */
static Err is_whole(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Statement *s = o->row;
	const struct { bool is_there; Str what; } parts[] = {
		{s->verdict.len > 0, S("zda je služba potřebná")}, {s->reason.len > 0, S("odůvodnění")}, {s->accord.len > 0, S("soulad s komunitním plánem")},
		{s->co_funding.halere != BLANK, S("spolufinancování (když žádné není, 0)")}, {s->body.len > 0, S("kdo v obci rozhodl")},
		{date_is(s->decided_on), S("den rozhodnutí")}, {s->number.len > 0, S("číslo usnesení")},
	};
	Strs missing = {0};
	for (size_t i = 0; i < LEN(parts); i++)
		if (!parts[i].is_there)
			strs_add(c->arena, &missing, parts[i].what);
	if (missing.len)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Ve vyjádření chybí: %.*s.", STR_ARG(str_join(c->arena, S(", "), missing))), S("Doplňte je tlačítkem „Vyplnit vyjádření“.")};
	return OK;
}
static const Guard whole = {"statement_whole", "Vyjádření má všechny náležitosti, spolufinancování výslovně.", is_whole, NULL, NULL, NULL};

static Err in_time(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Statement *s = o->row;
	if (c->now.ms >= s->due.ms)
		*ret = (Verdict){REFUSED, str_format(c->arena, "Vyjádření šlo doručit do %.*s.", STR_ARG(deadline_until(c->arena, s->due))), S("Obraťte se na správce sítě.")};
	return OK;
}
static const Guard timely = {"statement_timely", "Vyjádření se doručuje ve lhůtě výzvy.", in_time, NULL, NULL, NULL};

/* While the applicant corrects the application nobody knows yet what it will say. What reviewers go by stays as it was when the
 * officer closed the statements, also while the days of the call still run. */
static Err is_collected(Ctx *c, const WorkObject *o, Verdict *ret) {
	const Statement *s = o->row;
	Application     *a;
	TRY(application_stored(c, s->application, &a));
	if (application_is(a, APPLICATION_DRAFT))
		*ret = (Verdict){REFUSED, S("Poskytovatel žádost opravuje."), S("Počkejte, až ji znovu podá; podle ní vyjádření ponechte, nebo nahraďte.")};
	else if (!application_is(a, APPLICATION_SUBMITTED) && !application_is(a, APPLICATION_CHECKED))
		*ret = (Verdict){REFUSED, str_format(c->arena, "Vyjádření k žádosti jsou uzavřená, žádost je ve stavu „%.*s“.", STR_ARG(state_title(&application_machine, a->state))),
		                 S("Obraťte se na správce sítě.")};
	return OK;
}
static const Guard collected = {"statements_collected", "Vyjádření k žádosti se ještě sbírají.", is_collected, NULL, NULL, NULL};

static Err note_signed(Ctx *c, WorkMove *m) {
	((Statement *)m->object->row)->signed_by = c->actor->name;
	return OK;
}

/* What the application says now; and D7: the days stood while it was corrected. The day of the return still counts, that of the resubmission does not. */
typedef struct Asked { Str name; Percent share; } Asked;

static Err note_resumed(Ctx *c, WorkMove *m) {
	Statement   *s = m->object->row;
	const Asked *now = m->input ? m->input->more : NULL;
	Instant      since = m->object->since;
	Date         last;
	int          minute;
	Deadline     d;
	if (now) {
		s->name = now->name;
		s->share = now->share;
	}
	if (!since.ms || s->due.ms <= since.ms)
		return OK;
	deadline_civil(s->due, false, &last, &minute);
	i64 left = last.n - prague_day(since).n;
	Str rule = str_format(c->arena, "%lld dnů po obnovení %d:%02d", (long long)(left > 0 ? left : 1), minute / 60, minute % 60);
	TRY(deadline_of(c, NULL, rule, (DeadlineInput){.event = c->now}, &d));
	s->due = d.at.ms > s->due.ms ? d.at : s->due;
	return OK;
}

static Err note_delivered(Ctx *c, WorkMove *m) {
	((Statement *)m->object->row)->delivered_at = c->now;
	return OK;
}

const Machine statement_machine = {
	.name = "municipal_statement", .title = "Vyjádření obce k žádosti", .entity = &statement_entity, .topic = "network", .describe = describe,
	.help = "O vyjádření se žádá každý obvod, na který připadá podstatná část služby. Obec ho připraví, podepíše a doručí; co nepřijde včas, zapíše se jako „nepřišlo“. "
	        "Dokud poskytovatel žádost opravuje, vyjádření stojí a lhůta s ním.",
	MACHINE_STATES(
		{STATEMENT_REQUESTED, "vyžádané", .tone = TONE_WARN, .waits_for = "MSG COO", .task = "Vyjádřete se k žádosti o zařazení do sítě", .button = "Vyjádřit se",
		 .why = "Vyjádření obcí dává žádosti body.", .term = {.at = when_due}},
		{STATEMENT_SIGNED, "podepsané", .tone = TONE_INFO, .waits_for = "MSG COO", .task = "Doručte podepsané vyjádření", .button = "Doručit",
		 .why = "Nedoručené vyjádření se nepočítá.", .term = {.at = when_due}, .needs = "sign"},
		{STATEMENT_DELIVERED, "doručené", .tone = TONE_OK, .term = {.at = when_due}, .needs = "sign deliver"},
		{STATEMENT_USED, "použité", .tone = TONE_OK, .is_final = true, .needs = "sign deliver"},
		{STATEMENT_NONE, "nepřišlo", .tone = TONE_ERR, .is_final = true},
		{STATEMENT_PAUSED, "pozastavené", .tone = TONE_PLAIN}),
	MACHINE_ACTIONS(
		{START, "request", "Vyžádat", "vyjádření vyžádáno", STATEMENT_REQUESTED, .by_system = true},
		{STATEMENT_REQUESTED, "sign", "Podepsat", "vyjádření podepsáno", STATEMENT_SIGNED, .capability = CAP_STATEMENT_SUBMIT, .guards = GUARDS(&whole, &timely, &collected),
		 .run = note_signed},
		{STATEMENT_SIGNED, "deliver", "Doručit kraji", "vyjádření doručeno", STATEMENT_DELIVERED, .capability = CAP_STATEMENT_SUBMIT, .guards = GUARDS(&timely, &collected), .alarms = true,
		 .notify = "NET", .run = note_delivered},
		{STATEMENT_SIGNED " " STATEMENT_DELIVERED, "replace", "Nahradit", "vyjádření vzato k úpravě", STATEMENT_REQUESTED, .capability = CAP_STATEMENT_SUBMIT,
		 .guards = GUARDS(&timely, &collected), .reason = REASON_REQUIRED, .restarts = true},
		{STATEMENT_REQUESTED " " STATEMENT_SIGNED, "pause", "Pozastavit", "pozastaveno", STATEMENT_PAUSED, .by_system = true, .restarts = true, .reason = REASON_REQUIRED,
		 .notify = "MSG COO"},
		{STATEMENT_PAUSED, "resume", "Obnovit", "znovu se sbírá", STATEMENT_REQUESTED, .by_system = true, .reason = REASON_REQUIRED, .notify = "MSG COO", .run = note_resumed},
		{STATEMENT_REQUESTED " " STATEMENT_SIGNED, "miss", "Zapsat, že nepřišlo", "nepřišlo ve lhůtě", STATEMENT_NONE, .by_system = true, .on_due = true},
		{STATEMENT_DELIVERED, "use", "Použít", "vyjádření se použije v hodnocení", STATEMENT_USED, .by_system = true, .on_due = true}),
};

static const Statement *of_district(const Statements *all, Id district) {
	for (size_t i = 0; i < all->len; i++)
		if (all->at[i]->district == district)
			return all->at[i];
	return NULL;
}

/* A form that was returned may come back, after the days of the call, with a district that nobody has asked yet: it gets days of its own. */
static Err due_of(Ctx *c, const Call *k, Instant *ret) {
	Deadline d;
	*ret = k->statements_until;
	if (c->now.ms < k->statements_until.ms)
		return OK;
	TRY(deadline_of(c, NULL, str_format(c->arena, "%lld pracovních dnů po vyžádání", (long long)setting_int(c, "network.statement_days")), (DeadlineInput){.event = c->now}, &d));
	*ret = d.at;
	return OK;
}

static Err ask(Ctx *c, const Application *a, const Call *k, const AreaShare *area) {
	const Unit *seat = territory_by_code(c, LEVEL_MUNICIPALITY, area->district->seat);
	Statement  *s = entity_new(c->arena, &statement_entity);
	s->application = a->head.id;
	s->name = a->name;
	s->district = area->district->id;
	s->municipality = seat ? seat->id : BLANK;
	s->share = area->share;
	TRY(due_of(c, k, &s->due));
	s->made_at = c->now;
	const Actor *who = c->actor;
	c->actor = &actor_program;                   /* who submitted asks for nothing: the program does */
	Err e = workflow_start(c, &statement_machine, "request", s, NULL);
	c->actor = who;
	return e;
}

static Err resume(Ctx *c, const Application *a, const Statement *s, const AreaShare *area) {
	Asked        now = {a->name, area->share};
	const Actor *who = c->actor;
	c->actor = &actor_program;
	Err e = workflow_do(c, &statement_machine, s->head.id, "resume", &(WorkInput){.reason = S("Poskytovatel žádost znovu podal. Přečtěte si, co se změnilo."), .more = &now});
	c->actor = who;
	return e;
}

Err statements_pause(Ctx *c, const Application *a, Str why) {
	Statements all;
	TRY(statements_of(c, a->head.id, &all));
	for (size_t i = 0; i < all.len; i++)
		if (str_eq(all.at[i]->state, S(STATEMENT_REQUESTED)) || str_eq(all.at[i]->state, S(STATEMENT_SIGNED)))
			TRY(workflow_system(c, &statement_machine, all.at[i]->head.id, "pause", why));
	return OK;
}

/* Types A and C; for B the statement is voluntary and nobody is asked. */
Err statements_request(Ctx *c, const Application *a) {
	Call      *k;
	AreaShares areas;
	Statements asked;
	TRY(call_stored(c, a->call, &k));
	TRY(statements_of(c, a->head.id, &asked));
	application_areas(c, a, &areas);
	for (size_t i = 0; i < areas.len && !str_eq(a->type, S("B")); i++) {
		const Statement *s = of_district(&asked, areas.at[i].district->id);
		if (areas.at[i].share.basis_points < setting_int(c, "network.statement_share") * 100)
			continue;
		if (!s)
			TRY(ask(c, a, k, &areas.at[i]));
		else if (str_eq(s->state, S(STATEMENT_PAUSED)))
			TRY(resume(c, a, s, &areas.at[i]));
	}
	return OK;
}

static Err prolong_one(Ctx *c, Id id, Instant until) {
	void *row;
	TRY(store_get(c, &statement_entity, TODAY, id, &row));
	Statement *s = row;
	if (s->due.ms >= until.ms)
		return OK;
	s->due = until;
	bool decided = c->scope_decided;
	c->scope_decided = true;                     /* whoever prolongs a call prolongs what belongs to it */
	Err e = entity_update(c, &statement_entity, s);
	c->scope_decided = decided;
	TRY(e);
	return workflow_due_again(c, &statement_machine, id);
}

Err statements_prolong(Ctx *c, const Call *k) {
	struct { Id *at; size_t len, cap; } ids = {0};
	Rows rows = db_query(c->conn, &sql_statement_waiting, P(V(k->head.id)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ids.at, ids.len, ids.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "statements");
	for (size_t i = 0; i < ids.len; i++)
		TRY(prolong_one(c, ids.at[i], k->statements_until));
	return OK;
}

Err statements_of(Ctx *c, Id application, Statements *ret) {
	struct { Id *at; size_t len, cap; } ids = {0};
	*ret = (Statements){0};
	Rows rows = db_query(ctx_conn(c), &sql_statement_of, P(V(application)));
	while (rows_next(&rows))
		*ARENA_PUSH(c->arena, ids.at, ids.len, ids.cap) = col_int(&rows, 0);
	if (rows_end(&rows) != OK)
		return fail_internal(c, "statements");
	for (size_t i = 0; i < ids.len; i++) {
		void *row;
		TRY(store_get(c, &statement_entity, TODAY, ids.at[i], &row));
		*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = row;
	}
	return OK;
}

Err statements_complete(Ctx *c, const Application *a, bool *ret, i64 *missing) {
	Statements all;
	*missing = 0;
	TRY(statements_of(c, a->head.id, &all));
	for (size_t i = 0; i < all.len; i++) {
		bool came = statement_came(all.at[i]) || str_eq(all.at[i]->state, S(STATEMENT_NONE)) || str_eq(all.at[i]->state, S(STATEMENT_PAUSED));
		*missing += !came && c->now.ms < all.at[i]->due.ms;
	}
	*ret = *missing == 0;
	return OK;
}
