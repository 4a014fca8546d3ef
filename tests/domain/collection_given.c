#include "tests/domain/collection_given.h"

#include "base/hash.h"
#include "core/access.h"
#include "core/codelist.h"
#include "core/history.h"
#include "web/module.h"

extern const Module people_module;

static Actor *person(Ctx *c, const char *login, const char *role, ScopeKind kind, Id ref) {
	Id     id;
	Actor *a = NEW_ZERO(t_arena, Actor);
	Grant *grant = NEW_ZERO(t_arena, Grant);
	MUST(account_add(c, str_c(login), str_c(login), 0, &id));
	MUST(account_grant(c, id, str_c(role), kind, ref, D(2026, 1, 1), (Date){0}));
	*grant = (Grant){.role = str_c(role), .scope = kind, .ref = ref};
	*a = (Actor){.account = id, .name = str_c(login), .grants = grant, .grant_count = 1, .organisation_name = str_c(login)};
	access_prepare(a);
	return a;
}

static Id provider(Ctx *c, const char *name, const char *ico) {
	Provider *p = entity_new(t_arena, &provider_entity);
	p->name = str_c(name);
	p->ico = str_c(ico);
	MUST(history_create_judged(c, &provider_entity, p, D(2020, 1, 1), (Date){0}));
	return p->head.id;
}

Ctx at_time(Collecting *k, const Actor *a, Date day, int hour, int minute, int second) {
	ctx_end(&k->g.c);
	return ctx_make(t_arena, k->g.c.db, a, prague_instant(day, hour * 3600 + minute * 60 + second));
}

Collecting given_collection(void) {
	Collecting k = {.g = given_needs()};
	Ctx       *c = &k.g.c;
	MUST(people_module.start(c));                /* who holds a role is told, whichever test ran before */
	MUST(forms_seed(c));
	k.provider = provider(c, "Domov U Lípy, p. o.", "00000019");
	k.other_provider = provider(c, "Charita Ukázka", "00000027");
	k.worker = person(c, "pracovnik@example.org", "PRV", SCOPE_PROVIDER, k.provider);
	k.statutory = person(c, "statutar@example.org", "PSG", SCOPE_PROVIDER, k.provider);
	k.stranger = person(c, "cizi@example.org", "PSG", SCOPE_PROVIDER, k.other_provider);
	k.analyst = person(c, "analytik@example.org", "ANA", SCOPE_REGION, 0);
	Ctx          w = at_time(&k, k.worker, D(2027, 2, 10), 9, 0, 0);
	FormVersion *v;
	MUST(form_published(&w, S("zadost-a"), &v));
	Submission s = {.form_version = v->head.id, .object = S("zkouska"), .object_id = 1, .title = S("Žádost A, Domov U Lípy"), .provider = k.provider, .municipality = BLANK,
	                .district = BLANK, .opens_at = prague_instant(D(2027, 2, 1), 8 * 3600), .closes_at = prague_instant(D(2027, 3, 15), 16 * 3600)};
	const Prefill known[] = {{"service.name", S("Domov U Lípy"), "z registru služeb", false}, {"service.capacity", S("12,50"), "z registru služeb", false}};
	MUST(submission_start(&w, &s, known, LEN(known)));
	k.submission = s.head.id;
	ctx_end(&w);
	return k;
}

Submission *the_submission(Ctx *c, Id id) {
	void *row;
	MUST(store_get(c, &submission_entity, TODAY, id, &row));
	return row;
}

void put_value(Ctx *c, Id submission, const char *field, i64 line, const char *value, const char *note) {
	Typed     one = {.field = str_c(field), .line = line, .value = str_c(value), .note = str_c(note ? note : ""), .has_note = note != NULL};
	TypedList list = {&one, 1, 1};
	i64       version;
	MUST(submission_save(c, submission, the_submission(c, submission)->head.version, &list, &version));
}

static const char *sample(const FormField *f) {
	if (str_eq(f->list, S("obvody")))
		return NULL;
	if (form_is(f, FORM_CHOICE))
		return str_eq(f->list, S("service_kind")) ? "40" : str_eq(f->list, S("service_form")) ? "ter" : str_eq(f->list, S("network_unit")) ? "U" : "seniori";
	if (form_is(f, FORM_INT))
		return "2029";
	return form_is(f, FORM_MONEY) ? "0" : form_is(f, FORM_FTE) ? "2,50" : form_is(f, FORM_PERCENT) ? "100" : form_is(f, FORM_DAY) ? "1. 1. 2028" : form_is(f, FORM_YES) ? "ano" : "Ukázka";
}

void fill_whole(Ctx *c, Id submission) {
	FormTree t;
	Units    districts = {0};
	MUST(form_tree(c, the_submission(c, submission)->form_version, &t));
	MUST(territory_below(c, territory_region(c)->id, LEVEL_DISTRICT, TODAY, &districts));
	for (size_t i = 0; i < t.len; i++)
		if (!t.at[i]->computed) {
			const char *value = sample(t.at[i]);
			put_value(c, submission, str_z(t_arena, t.at[i]->stable), t.at[i]->grid.len ? 1 : 0, value ? value : str_z(t_arena, districts.at[0]->code), NULL);
		}
	put_value(c, submission, "n1.1", 0, "1 200 000", NULL);
	put_value(c, submission, "s1", 0, "1 200 000,00", NULL);
}

void submit_whole(Collecting *k, Date day, int hour, int minute, int second) {
	Ctx c = at_time(k, k->worker, D(2027, 2, 11), 9, 0, 0);
	fill_whole(&c, k->submission);
	MUST(workflow_do(&c, &submission_machine, k->submission, "lock", NULL));
	ctx_end(&c);
	c = at_time(k, k->statutory, day, hour, minute, second);
	MUST(submission_submit(&c, k->submission, 0, true));
	ctx_end(&c);
}
