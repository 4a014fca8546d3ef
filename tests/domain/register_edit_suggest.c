/* suggest.c: suggestions are made by those who know the service and decided value by value. */
#include "core/task.h"
#include "domain/register/machines.h"
#include "tests/domain/register_edit.h"

static const Actor *as_provider(Id provider) {
	return edit_actor("Pavel Poskytovatel", "PRV", SCOPE_PROVIDER, provider);
}

static const SuggestTarget *target(const SuggestTargets *all, const Entity *e, const char *field) {
	for (size_t i = 0; i < all->len; i++)
		if (all->at[i].entity == e && strcmp(all->at[i].field->name, field) == 0)
			return &all->at[i];
	return NULL;
}

/* A suggestion of a new name and a new telephone. */
static void suggest_two(Ctx *c, Id id) {
	Service       *s;
	SuggestTargets all;
	i64            made;
	MUST(suggestion_service(c, id, &s));
	MUST(suggestion_targets(c, s, &all));
	const SuggestTarget *name = target(&all, &service_entity, "name"), *phone = target(&all, &contact_entity, "value"),
	                    *same = target(&all, &service_entity, "description");
	Service *other = entity_copy(t_arena, &service_entity, name->row);
	Contact *number = entity_copy(t_arena, &contact_entity, phone->row);
	other->name = S("Lípa, pečovatelská služba");
	number->value = S("485 226 999");
	SuggestedValue values[] = {{name, other}, {phone, number}, {same, same->row}};
	MUST(suggestion_add(c, id, values, LEN(values), (Str){0}, S("Změnili jsme název."), &made));
	EQ_INT(made, 2);                             /* what does not differ is no suggestion */
}

static Suggestions open_ones(Ctx *c, Id service) {
	Suggestions list;
	MUST(suggestions_read(c, (SuggestionQuery){.service = service, .open_only = true}, &list));
	return list;
}

static const Suggestion *about(const Suggestions *list, const char *field) {
	for (size_t i = 0; i < list->len; i++)
		if (str_eq(list->at[i].field, str_c(field)))
			return &list->at[i];
	return NULL;
}

TEST("register suggest: only what differs is suggested, and nothing changes before somebody decides") {
	Given g = edit_given();
	const Actor *c = as_provider(g.provider);
	i64   n;
	suggest_two(by(&g, c), g.service);
	MUST(suggestion_count(by(&g, c), g.service, &n));
	EQ_INT(n, 2);
	EQ_TEXT(((Service *)edit_get(by(&g, c), &service_entity, g.service))->name, "Pečovatelská služba Lípa");
	Suggestions list = open_ones(by(&g, c), g.service);
	EQ_TEXT(about(&list, "value")->seen, "485 226 111");
	EQ_TEXT(about(&list, "value")->suggested, "485 226 999");
	EQ_TEXT(about(&list, "value")->author, "Pavel Poskytovatel");
	ctx_end(&g.c);
}

TEST("register suggest: providers suggest for their own services, municipalities and coordinators for all") {
	Given    g = edit_given();
	Service *s;
	const Actor *neighbour = as_provider(g.neighbour), *town = edit_actor("Obec", "MUN", SCOPE_MUNICIPALITY, 1),
	            *coordinator = edit_actor("Karel", "COO", SCOPE_DISTRICT, 2), *clerk = edit_actor("Správcová", "PAD", SCOPE_PROVIDER, g.provider);
	EXPECT(edit_refused(by(&g, neighbour), suggestion_service(by(&g, neighbour), g.service, &s), ERR_NOT_FOUND, "nemáte přístup"));
	EXPECT(edit_refused(by(&g, clerk), suggestion_service(by(&g, clerk), g.service, &s), ERR_FORBIDDEN, "navrhovat změny"));
	MUST(suggestion_service(by(&g, town), g.service, &s));
	MUST(suggestion_service(by(&g, coordinator), g.service, &s));
	i64 made;
	EXPECT(edit_refused(by(&g, neighbour), suggestion_add(by(&g, neighbour), g.service, NULL, 0, S("Zrušte je."), (Str){0}, &made), ERR_NOT_FOUND, "nemáte přístup"));
	ctx_end(&g.c);
}

TEST("register suggest: the address of a secret place is not offered, its name is") {
	Given          g = edit_given();
	const Actor *c = as_provider(g.provider);
	Service       *s;
	SuggestTargets all;
	MUST(suggestion_service(by(&g, c), g.service, &s));
	MUST(suggestion_targets(by(&g, c), s, &all));
	EXPECT(target(&all, &facility_entity, "name") != NULL);
	EXPECT(target(&all, &facility_entity, "street") == NULL);
	ctx_end(&g.c);
}

TEST("register suggest: an accepted value is a change with its author's name in the reason; a refused one leaves the record alone") {
	Given g = edit_given();
	const Actor *c = as_provider(g.provider);
	suggest_two(by(&g, c), g.service);
	Suggestions list = open_ones(net(&g), g.service);
	MUST(suggestion_decide(net(&g), about(&list, "name")->head.id, true, S(""), g.c.today));
	Id phone = about(&list, "value")->head.id;
	EXPECT(edit_refused(net(&g), suggestion_decide(net(&g), phone, false, S("  "), g.c.today), ERR_INVALID, "proč se návrh odmítá"));
	MUST(suggestion_decide(net(&g), phone, false, S("Číslo nikdo nebere."), g.c.today));
	EQ_TEXT(((Service *)edit_get(net(&g), &service_entity, g.service))->name, "Lípa, pečovatelská služba");
	EQ_TEXT(((Contact *)edit_get(net(&g), &contact_entity, g.contact))->value, "485 226 111");
	TrailRecords t;
	MUST(trail_of(net(&g), "service", g.service, 0, 5, &t));
	EQ_TEXT(t.at[0].action, "reject");
	EQ_TEXT(t.at[1].action, "change");
	EQ_TEXT(t.at[1].actor, "Síťová Nová");
	EXPECT(str_has(t.at[1].reason, S("Pavel Poskytovatel")) && str_has(t.at[1].reason, S("Změnili jsme název.")));
	EQ_TEXT(t.at[2].action, "suggest");
	Suggestions mine;
	MUST(suggestions_read(by(&g, c), (SuggestionQuery){.account = c->account}, &mine));
	EQ_INT(mine.len, 2);
	EQ_TEXT(about(&mine, "value")->reason, "Číslo nikdo nebere.");
	EQ_TEXT(about(&mine, "value")->state, SUGGESTION_REJECTED);
	ctx_end(&g.c);
}

TEST("register suggest: nobody decides twice, nobody without the right, and nothing is suggested twice") {
	Given          g = edit_given();
	const Actor *c = as_provider(g.provider);
	i64            made;
	suggest_two(by(&g, c), g.service);
	Suggestions    list = open_ones(net(&g), g.service);
	Id             id = list.at[0].head.id;
	EXPECT(edit_refused(by(&g, c), suggestion_decide(by(&g, c), id, true, (Str){0}, g.c.today), ERR_FORBIDDEN, "upravovat služby"));
	MUST(suggestion_decide(net(&g), id, false, S("Ne."), g.c.today));
	EXPECT(edit_refused(net(&g), suggestion_decide(net(&g), id, true, (Str){0}, g.c.today), ERR_CONFLICT, "Poslední krok: návrh odmítnut, Síťová Nová"));
	EXPECT(edit_refused(by(&g, c), suggestion_add(by(&g, c), g.service, NULL, 0, (Str){0}, S("jen tak"), &made), ERR_INVALID, "v ničem neliší"));
	MUST(suggestion_add(by(&g, c), g.service, NULL, 0, S("Přidejte středisko v Turnově."), (Str){0}, &made));
	EXPECT(edit_refused(by(&g, c), suggestion_add(by(&g, c), g.service, NULL, 0, S("Přidejte středisko v Turnově."), (Str){0}, &made), ERR_INVALID, "už čeká"));
	ctx_end(&g.c);
}

TEST("register suggest: a value whose record ended cannot be accepted, and the officer is told why") {
	Given g = edit_given();
	const Actor *c = as_provider(g.provider);
	suggest_two(by(&g, c), g.service);
	Suggestions list = open_ones(net(&g), g.service);
	g.c.reason = S("Zrušené číslo.");
	MUST(register_end(net(&g), &contact_entity, g.contact, 1, D(2026, 11, 21)));
	EXPECT(edit_refused(net(&g), suggestion_decide(net(&g), about(&list, "value")->head.id, true, (Str){0}, g.c.today), ERR_CONFLICT, "už neplatí"));
	EQ_INT(open_ones(net(&g), g.service).len, 2);
	ctx_end(&g.c);
}

TEST("register suggest: a suggestion that breaks a rule is refused at its acceptance") {
	Given          g = edit_given();
	const Actor *c = as_provider(g.provider);
	Service       *s;
	SuggestTargets all;
	i64            made;
	MUST(suggestion_service(by(&g, c), g.service, &s));
	MUST(suggestion_targets(by(&g, c), s, &all));
	const SuggestTarget *phone = target(&all, &contact_entity, "value");
	Contact *number = entity_copy(t_arena, &contact_entity, phone->row);
	number->value = S("bez čísla");
	MUST(suggestion_add(by(&g, c), g.service, &(SuggestedValue){phone, number}, 1, (Str){0}, (Str){0}, &made));
	Suggestions list = open_ones(net(&g), g.service);
	EXPECT(edit_refused(net(&g), suggestion_decide(net(&g), list.at[0].head.id, true, (Str){0}, g.c.today), ERR_INVALID, "číslicemi"));
	ctx_end(&g.c);
}

TEST("register suggest: its author takes it back until somebody decides; nobody else does, and the officer has no task any more") {
	Given        g = edit_given();
	const Actor *c = as_provider(g.provider), *colleague = edit_actor("Kolegyně", "PRV", SCOPE_PROVIDER, g.provider);
	((Actor *)(uintptr_t)colleague)->account = 555;
	suggest_two(by(&g, c), g.service);
	Suggestions list = open_ones(net(&g), g.service);
	Id          first = list.at[0].head.id;
	Tasks       tasks;
	bool        more;
	MUST(tasks_waiting(net(&g), 10, &tasks, &more));
	EQ_INT(tasks.len, 2);
	EXPECT(str_starts(tasks.at[0].title, S("Rozhodněte o návrhu změny: ")) && str_has(tasks.at[0].title, S("Pečovatelská služba Lípa")));
	EXPECT(edit_refused(by(&g, colleague), suggestion_take_back(by(&g, colleague), first), ERR_NOT_FOUND, "nemáte přístup"));
	EXPECT(edit_refused(net(&g), suggestion_take_back(net(&g), first), ERR_FORBIDDEN, "navrhovat změny"));
	MUST(suggestion_take_back(by(&g, c), first));
	EXPECT(edit_refused(net(&g), suggestion_decide(net(&g), first, true, (Str){0}, g.c.today), ERR_CONFLICT, "Poslední krok: návrh stažen"));
	MUST(tasks_waiting(net(&g), 10, &tasks, &more));
	EQ_INT(tasks.len, 1);
	EQ_INT(open_ones(net(&g), g.service).len, 1);
	ctx_end(&g.c);
}

TEST("register suggest: the author is told of the decision with its reason, the officer's task has the deadline of the region") {
	Given        g = edit_given();
	const Actor *c = as_provider(g.provider);
	Tasks        tasks;
	bool         more;
	suggest_two(by(&g, c), g.service);
	MUST(tasks_waiting(net(&g), 10, &tasks, &more));
	EQ_INT(tasks.at[0].due.ms, prague_instant(D(2026, 12, 23), 0).ms);   /* 30 days after 22 November is Tuesday 22 December */
	Suggestions list = open_ones(net(&g), g.service);
	MUST(suggestion_decide(net(&g), list.at[0].head.id, false, S("Číslo nikdo nebere."), g.c.today));
	EQ_INT(edit_count(net(&g), "SELECT COUNT(*) FROM notice WHERE object = 'register_suggestion'"), 1);
	ctx_end(&g.c);
}

TEST("register suggest: suggestions from before steps were kept get their first step and task once") {
	Given g = edit_given();
	i64   made;
	MUST(suggestion_add(by(&g, as_provider(g.provider)), g.service, NULL, 0, S("Přidejte středisko."), (Str){0}, &made));
	CLEANUP(tx_end) Tx tx = {0};
	MUST(tx_begin(net(&g), &tx));
	static const Sql forget = {"test_forget", "DELETE FROM workflow_step", NULL}, undone = {"test_undone", "DELETE FROM task", NULL};
	MUST(db_run(g.c.conn, &forget, DB_NONE, NULL));
	MUST(db_run(g.c.conn, &undone, DB_NONE, NULL));
	MUST(tx_commit(&tx));
	for (int i = 0; i < 2; i++) {
		MUST(workflow_adopt(by(&g, &actor_program), &suggestion_machine));
		EQ_INT(edit_count(net(&g), "SELECT COUNT(*) FROM workflow_step"), 1);
		EQ_INT(edit_count(net(&g), "SELECT COUNT(*) FROM task"), 1);
	}
	ctx_end(&g.c);
}
