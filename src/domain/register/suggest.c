/* suggest.c: suggestions are made, read and decided. */
#include "domain/register/suggest.h"

#include "base/text.h"
#include "core/access.h"
#include "core/codelist.h"
#include "core/trail.h"
#include "domain/register/machines.h"

#include "domain/register/suggest.sql.h"

ENTITY(suggestion_entity, Suggestion, SUGGESTION_FIELDS, .name = "register_suggestion", .table = "register_suggestion", .one = "návrh změny",
       .many = "návrhy změn", .of_many = "návrhů změn", .article = "m", .title = "object_name", .order = "made_at", .read = CAP_REGISTER_EDIT,
       .write = CAP_REGISTER_EDIT, .path = "/app/sluzby/navrhy")

const Entity *suggestion_object(Str name) {
	static const Entity *const all[] = {&service_entity, &form_row_entity, &facility_entity, &contact_entity};
	for (size_t i = 0; i < LEN(all); i++)
		if (str_eq(str_c(all[i]->name), name))
			return all[i];
	return NULL;
}

/* ---- what can be suggested ---- */

static const char *const service_names[] = {"name", "description", "target_groups", "age_groups", "target_note", NULL};
static const char *const form_row_names[] = {"hours", "nonstop", NULL};
static const char *const facility_names[] = {"name", "part", "street", "house_no", "postcode", "accessible", "is_contact", "provided_to", NULL};
static const char *const contact_names[] = {"value", "note", NULL};

static void add_targets(Ctx *c, const Entity *e, const char *const *names, void *row, Str object_name, bool hides_address, SuggestTargets *ret) {
	for (; *names; names++) {
		const Field *f = entity_field(e, str_c(*names));
		CHECK(f);
		if (!hides_address || !f->secret)
			*ARENA_PUSH(c->arena, ret->at, ret->len, ret->cap) = (SuggestTarget){e, f, row, object_name};
	}
}

static Err add_parts(Ctx *c, const Entity *e, const char *const *names, Id service, const char *word, SuggestTargets *ret) {
	EntityList rows;
	TRY(parts_list(c, e, TODAY, service, &rows));
	for (size_t i = 0; i < rows.len; i++) {
		Str  title = field_people(c, entity_field(e, str_c(e->title)), rows.at[i]);
		bool hides = e == &facility_entity && ((Facility *)rows.at[i])->secret_address && !may(c, CAP_REGISTER_SECRET);
		add_targets(c, e, names, rows.at[i], str_format(c->arena, "%s %.*s", word, STR_ARG(title)), hides, ret);
	}
	return OK;
}

Err suggestion_targets(Ctx *c, Service *s, SuggestTargets *ret) {
	*ret = (SuggestTargets){0};
	add_targets(c, &service_entity, service_names, s, S("Služba"), false, ret);
	TRY(add_parts(c, &form_row_entity, form_row_names, s->head.id, "Forma", ret));
	TRY(add_parts(c, &facility_entity, facility_names, s->head.id, "Zařízení", ret));
	return add_parts(c, &contact_entity, contact_names, s->head.id, "Kontakt", ret);
}

static bool may_suggest(Ctx *c, const Service *s) {
	RowScope scope = access_scope(c, CAP_REGISTER_SUGGEST);
	return scope.all || scope.municipality_count || scope.district_count || scope_has_provider(&scope, s->provider);
}

Err suggestion_service(Ctx *c, Id service, Service **ret) {
	void *row;
	TRY(require(c, CAP_REGISTER_SUGGEST));
	TRY(entity_get(c, &service_entity, TODAY, service, &row));
	*ret = row;
	return may_suggest(c, *ret) ? OK : fail(c, ERR_NOT_FOUND, NULL, "Služba neexistuje, nebo k ní nemáte přístup.");
}

/* ---- making ---- */

static Suggestion of_author(Ctx *c, Id service, Str note) {
	return (Suggestion){.service = service, .note = note, .account = c->actor->account, .author = c->actor->name,
	                    .organisation = c->actor->organisation_name, .made_at = c->now};
}

static Err add_one(Ctx *c, Suggestion *s, i64 *made) {
	i64 same;
	if (db_get_int(c->conn, &sql_suggestion_same, P(V(s->account), V(s->object), V(s->object_id), V(s->field), V(s->suggested)), 0, &same) != OK)
		return fail_internal(c, "suggestion");
	if (same)
		return OK;
	TRY(workflow_start(c, &suggestion_machine, "suggest", s, NULL));
	++*made;
	return OK;
}

static Err add_value(Ctx *c, Id service, const SuggestedValue *v, Str note, i64 *made) {
	const SuggestTarget *t = v->target;
	if (field_equal(t->field, t->row, v->row))
		return OK;
	Suggestion s = of_author(c, service, note);
	s.object = str_c(t->entity->name);
	s.object_id = ((EntityHead *)t->row)->id;
	s.object_name = utf8_first(t->object_name, 200);
	s.field = str_c(t->field->name);
	s.seen = field_machine(c->arena, t->field, t->row);
	s.suggested = field_machine(c->arena, t->field, v->row);
	return add_one(c, &s, made);
}

static Err add_request(Ctx *c, Id service, Str request, Str note, i64 *made) {
	if (!request.len)
		return OK;
	Suggestion s = of_author(c, service, note);
	s.object = str_c(service_entity.name);
	s.object_id = service;
	s.object_name = S("Jiná změna");
	s.suggested = request;
	return add_one(c, &s, made);
}

static Err note_in_trail(Ctx *c, const char *action, Id service, Str text) {
	return trail_add(c, (TrailEntry){.action = action, .object = service_entity.name, .object_id = service, .text = text});
}

static Err texts_fine(Ctx *c, Str request, Str note) {
	if (utf8_count(request) > 2000)
		return fail(c, ERR_INVALID, "request", "Jiná změna: text má víc než 2 000 znaků. Zkraťte jej.");
	if (utf8_count(note) > 2000)
		return fail(c, ERR_INVALID, "note", "Vysvětlení: text má víc než 2 000 znaků. Zkraťte jej.");
	if (!text_acceptable(request) || !text_acceptable(note))
		return fail(c, ERR_INVALID, "note", "Text obsahuje znaky, které se nedají uložit. Přepište jej.");
	return OK;
}

Err suggestion_add(Ctx *c, Id service, const SuggestedValue *values, size_t count, Str request, Str note, i64 *made) {
	Service *s;
	*made = 0;
	TRY(suggestion_service(c, service, &s));
	TRY(texts_fine(c, request, note));
	CLEANUP(tx_end) Tx tx = {0};
	TRY(tx_begin(c, &tx));
	for (size_t i = 0; i < count; i++)
		TRY(add_value(c, service, &values[i], text_clean_lines(c->arena, note), made));
	TRY(add_request(c, service, text_clean_lines(c->arena, request), text_clean_lines(c->arena, note), made));
	if (*made == 0)
		return fail(c, ERR_INVALID, NULL, "Návrh se od evidence v ničem neliší, nebo už čeká na rozhodnutí. Změňte aspoň jeden údaj, nebo změnu popište slovy.");
	TRY(note_in_trail(c, "suggest", service, S("navržena změna údajů")));
	return tx_commit(&tx);
}

/* ---- reading ---- */

Err suggestions_read(Ctx *c, SuggestionQuery q, Suggestions *ret) {
	Arena *a = c->arena;
	*ret = (Suggestions){0};
	Rows r = db_query(ctx_conn(c), &sql_suggestion_list, P(V(q.service), V(q.account), V(q.open_only), V(q.limit ? q.limit : (i64)200)));
	while (rows_next(&r)) {
		Suggestion s = {.head = {.id = col_int(&r, 0), .version = col_int(&r, 1)}, .service = col_int(&r, 2), .object_id = col_int(&r, 4),
		                .account = col_int(&r, 10), .made_at = col_instant(&r, 14), .decided_at = col_instant(&r, 15)};
		struct { Str *to; int column; } texts[] = {
			{&s.object, 3}, {&s.object_name, 5}, {&s.field, 6}, {&s.seen, 7}, {&s.suggested, 8}, {&s.note, 9}, {&s.author, 11},
			{&s.organisation, 12}, {&s.state, 13}, {&s.decided_by, 16}, {&s.reason, 17},
		};
		for (size_t i = 0; i < LEN(texts); i++)
			*texts[i].to = str_dup(a, col_text(&r, texts[i].column));
		*ARENA_PUSH(a, ret->at, ret->len, ret->cap) = s;
	}
	return rows_end(&r) == OK ? OK : fail_internal(c, "suggestions");
}

Err suggestion_count(Ctx *c, Id service, i64 *open) {
	return db_get_int(ctx_conn(c), &sql_suggestion_open_count, P(V(service)), 0, open) == OK ? OK : fail_internal(c, "suggestions");
}

/* ---- deciding ---- */

static Str with_author(Ctx *c, const Suggestion *s, Str answer) {
	Str who = s->organisation.len ? str_format(c->arena, "%.*s, %.*s", STR_ARG(s->author), STR_ARG(s->organisation)) : s->author;
	Str why = answer.len ? answer : s->note;
	return why.len ? str_format(c->arena, "Návrh podává %.*s: %.*s", STR_ARG(who), STR_ARG(why)) : str_format(c->arena, "Návrh podává %.*s", STR_ARG(who));
}

/* The value comes into the record as it is today, not as its author saw it. */
static Err apply(Ctx *c, const Suggestion *s, Str answer, Date from) {
	const Entity *e = suggestion_object(s->object);
	const Field  *f = e ? entity_field(e, s->field) : NULL;
	void         *row;
	if (!s->field.len)
		return note_in_trail(c, "accept", s->service, str_format(c->arena, "návrh přijat: %.*s", STR_ARG(utf8_first(s->suggested, 120))));
	CHECK(e && f);
	size_t said = c->problems.len;
	if (entity_get(c, e, TODAY, s->object_id, &row) != OK) {
		c->problems.len = said;
		return fail(c, ERR_CONFLICT, NULL, "%.*s už neplatí, návrh nejde zapsat. Odmítněte jej s vysvětlením.", STR_ARG(s->object_name));
	}
	TRY(field_read(c, f, s->suggested, row));
	c->reason = with_author(c, s, answer);
	return register_save(c, e, row, from);
}

static void decided(Ctx *c, Suggestion *s, Str answer) {
	s->decided_at = c->now;
	s->decided_by = c->actor->name;
	s->reason = answer;
}

Err suggestion_accept(Ctx *c, WorkMove *m) {
	Suggestion *s = m->object->row;
	TRY(apply(c, s, m->input->reason, date_is(m->input->from) ? m->input->from : c->today));
	decided(c, s, m->input->reason);
	return OK;
}

Err suggestion_reject(Ctx *c, WorkMove *m) {
	Suggestion *s = m->object->row;
	decided(c, s, m->input->reason);
	return note_in_trail(c, "reject", s->service, str_format(c->arena, "návrh odmítnut: %.*s", STR_ARG(s->object_name)));
}

Err suggestion_withdraw(Ctx *c, WorkMove *m) {
	decided(c, m->object->row, m->input->reason);
	return OK;
}

/* The page has several suggestions, each with its own field for the answer. */
static Err named_by_suggestion(Ctx *c, Id id, Err err, size_t said) {
	for (size_t i = said; i < c->problems.len; i++)
		if (c->problems.at[i].field && strcmp(c->problems.at[i].field, "reason") == 0)
			c->problems.at[i].field = str_z(c->arena, str_format(c->arena, "odpoved-%lld", (long long)id));
	return err;
}

Err suggestion_decide(Ctx *c, Id id, bool accept, Str answer, Date from) {
	size_t said = c->problems.len;
	Err    err = workflow_do(c, &suggestion_machine, id, accept ? "accept" : "reject", &(WorkInput){.reason = answer, .from = from});
	return err == OK ? OK : named_by_suggestion(c, id, err, said);
}

Err suggestion_take_back(Ctx *c, Id id) {
	return workflow_do(c, &suggestion_machine, id, "withdraw", NULL);
}
