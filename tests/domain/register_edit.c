/* edit.c, edit_rules.c: officers change the register; every refusal says what to do. */
#include "tests/domain/register_edit.h"

static Service *service(Given *g) { return edit_get(&g->c, &service_entity, g->service); }

TEST("register edit: a change wants a reason, holds from its day and leaves the earlier days as they were") {
	Given    g = edit_given();
	Service *s = service(&g);
	s->name = S("Pečovatelská služba U Lípy");
	EXPECT(edit_refused(net(&g), register_save(net(&g), &service_entity, s, g.c.today), ERR_INVALID, "Důvod změny"));
	g.c.reason = S("Název podle rozhodnutí o registraci.");
	MUST(register_save(net(&g), &service_entity, s, D(2026, 11, 1)));
	EQ_TEXT(service(&g)->name, "Pečovatelská služba U Lípy");
	void *before;
	MUST(entity_get(net(&g), &service_entity, (AsOf){.valid = D(2026, 10, 31)}, g.service, &before));
	EQ_TEXT(((Service *)before)->name, "Pečovatelská služba Lípa");
	TrailRecords t;
	MUST(trail_of(net(&g), "service", g.service, 0, 1, &t));
	EQ_TEXT(t.at[0].action, "change");
	EQ_TEXT(t.at[0].actor, "Síťová Nová");
	EQ_TEXT(t.at[0].reason, "Název podle rozhodnutí o registraci.");
	ctx_end(&g.c);
}

TEST("register edit: the second of two officers is told, and nothing of the first is lost") {
	Given    g = edit_given();
	Service *mine = service(&g), *theirs = service(&g);
	g.c.reason = S("Oprava.");
	theirs->name = S("Cizí název");
	MUST(register_save(net(&g), &service_entity, theirs, g.c.today));
	mine->description = S("Můj popis");
	EXPECT(edit_refused(net(&g), register_save(net(&g), &service_entity, mine, g.c.today), ERR_CONFLICT, "mezitím uložil někdo jiný"));
	EQ_TEXT(service(&g)->name, "Cizí název");
	EQ_TEXT(service(&g)->description, "");
	ctx_end(&g.c);
}

TEST("register edit: people without the right change nothing") {
	Given    g = edit_given();
	const Actor *c = edit_actor("Pavel Poskytovatel", "PSG", SCOPE_PROVIDER, g.provider);
	Service *s = service(&g);
	s->name = S("Jinak");
	g.c.reason = S("Chci.");
	EXPECT(edit_refused(by(&g, c), register_save(by(&g, c), &service_entity, s, g.c.today), ERR_FORBIDDEN, "upravovat služby"));
	EXPECT(edit_refused(by(&g, c), register_end(by(&g, c), &contact_entity, g.contact, 1, g.c.today), ERR_FORBIDDEN, "upravovat služby"));
	EQ_TEXT(service(&g)->name, "Pečovatelská služba Lípa");
	ctx_end(&g.c);
}

TEST("register edit: G4: identifiers have seven digits and are given once; services outside the act get a mark of their own") {
	Given    g = edit_given();
	Service *s = entity_new(t_arena, &service_entity);
	*s = *service(&g);
	s->head = (EntityHead){0};
	s->identifier = S("12345");
	EXPECT(edit_refused(net(&g), register_save(net(&g), &service_entity, s, g.c.today), ERR_INVALID, "sedm číslic"));
	s->identifier = S("1234567");
	EXPECT(edit_refused(net(&g), register_save(net(&g), &service_entity, s, g.c.today), ERR_CONFLICT, "už v evidenci je"));
	s->outside_act = true;
	EXPECT(edit_refused(net(&g), register_save(net(&g), &service_entity, s, g.c.today), ERR_INVALID, "Sedmimístné číslo mají jen registrované služby"));
	s->identifier = S("");
	MUST(register_save(net(&g), &service_entity, s, g.c.today));
	EXPECT(str_starts(s->identifier, S("MIMO-")));
	Service *other = entity_copy(t_arena, &service_entity, s);
	other->head = (EntityHead){0};
	other->identifier = S("");
	MUST(register_save(net(&g), &service_entity, other, g.c.today));
	EXPECT(!str_eq(other->identifier, s->identifier));
	ctx_end(&g.c);
}

TEST("register edit: an end has its reason, a reason has its end, and no end is before the start") {
	Given    g = edit_given();
	Service *s = service(&g);
	g.c.reason = S("Zánik.");
	s->provided_to = D(2026, 12, 31);
	EXPECT(edit_refused(net(&g), register_save(net(&g), &service_entity, s, g.c.today), ERR_INVALID, "důvod ukončení"));
	s->provided_to = (Date){0};
	s->end_reason = S("zanik");
	EXPECT(edit_refused(net(&g), register_save(net(&g), &service_entity, s, g.c.today), ERR_INVALID, "poslední den poskytování"));
	s->provided_to = D(2019, 12, 31);
	EXPECT(edit_refused(net(&g), register_save(net(&g), &service_entity, s, g.c.today), ERR_INVALID, "před jeho začátkem"));
	s->provided_to = D(2026, 12, 31);
	MUST(register_save(net(&g), &service_entity, s, g.c.today));
	ctx_end(&g.c);
}

TEST("register edit: all problems of a record are said at once") {
	Given    g = edit_given();
	Service *s = service(&g);
	s->name = S("");
	s->identifier = S("1");
	EXPECT(register_save(net(&g), &service_entity, s, g.c.today) == ERR_INVALID);
	EQ_INT(g.c.problems.len, 3);                 /* reason, identifier, name */
	ctx_end(&g.c);
}

TEST("register edit: G4: a second provider with one IČO is refused, an odd data box too") {
	Given     g = edit_given();
	Provider *p = entity_new(t_arena, &provider_entity);
	p->name = S("Domov u Lípy, znovu");
	p->ico = S("26404567");
	EXPECT(edit_refused(net(&g), register_save(net(&g), &provider_entity, p, g.c.today), ERR_CONFLICT, "slučte"));
	p->ico = S("");
	p->data_box = S("abc");
	EXPECT(edit_refused(net(&g), register_save(net(&g), &provider_entity, p, g.c.today), ERR_INVALID, "sedm znaků"));
	p->data_box = S("abc1234");
	MUST(register_save(net(&g), &provider_entity, p, g.c.today));
	ctx_end(&g.c);
}

TEST("register edit: a form, a kind of capacity and a contact stand on a service once") {
	Given    g = edit_given();
	FormRow *f = entity_new(t_arena, &form_row_entity);
	f->service = g.service;
	f->form = S("ter");
	EXPECT(edit_refused(net(&g), register_save(net(&g), &form_row_entity, f, g.c.today), ERR_CONFLICT, "Tuto formu už služba má"));
	Capacity *k = entity_new(t_arena, &capacity_entity);
	k->form_row = g.form;
	k->type = S("klient");
	k->count = 5;
	EXPECT(edit_refused(net(&g), register_save(net(&g), &capacity_entity, k, g.c.today), ERR_CONFLICT, "Tento druh kapacity"));
	k->type = S("luzka");
	k->count = 0;
	EXPECT(edit_refused(net(&g), register_save(net(&g), &capacity_entity, k, g.c.today), ERR_INVALID, "kladné číslo"));
	Contact *t = entity_new(t_arena, &contact_entity);
	t->service = g.service;
	t->kind = S("phone");
	t->value = S("485 226 111");
	EXPECT(edit_refused(net(&g), register_save(net(&g), &contact_entity, t, g.c.today), ERR_CONFLICT, "Tento kontakt už služba má"));
	t->value = S("na vrátnici");
	EXPECT(edit_refused(net(&g), register_save(net(&g), &contact_entity, t, g.c.today), ERR_INVALID, "číslicemi"));
	t->kind = S("email");
	t->value = S("nekdo na domene");
	EXPECT(edit_refused(net(&g), register_save(net(&g), &contact_entity, t, g.c.today), ERR_INVALID, "jmeno@domena.cz"));
	t->kind = S("web");
	t->value = S("javascript:alert(1)");
	EXPECT(edit_refused(net(&g), register_save(net(&g), &contact_entity, t, g.c.today), ERR_INVALID, "celou adresu webu"));
	ctx_end(&g.c);
}

TEST("register edit: a place has both coordinates or none, and a whole postcode") {
	Given     g = edit_given();
	Facility *f = entity_new(t_arena, &facility_entity);
	f->service = g.service;
	f->name = S("Středisko");
	f->lon = 15056000;
	EXPECT(edit_refused(net(&g), register_save(net(&g), &facility_entity, f, g.c.today), ERR_INVALID, "obě zeměpisné souřadnice"));
	f->lon = BLANK;
	f->postcode = S("4600");
	EXPECT(edit_refused(net(&g), register_save(net(&g), &facility_entity, f, g.c.today), ERR_INVALID, "pět číslic"));
	f->postcode = S("46001");
	MUST(register_save(net(&g), &facility_entity, f, g.c.today));
	ctx_end(&g.c);
}

TEST("register edit: a form that ends takes its capacities along, and both wanted a day and a reason") {
	Given g = edit_given();
	EXPECT(edit_refused(net(&g), register_end(net(&g), &form_row_entity, g.form, 1, (Date){0}), ERR_INVALID, "Poslední den"));
	EXPECT(edit_refused(net(&g), register_end(net(&g), &form_row_entity, g.form, 1, g.c.today), ERR_INVALID, "Důvod ukončení"));
	g.c.reason = S("Forma se už neposkytuje.");
	EXPECT(edit_refused(net(&g), register_end(net(&g), &form_row_entity, g.form, 1, D(2019, 1, 1)), ERR_INVALID, "dřív, než záznam"));
	EXPECT(edit_refused(net(&g), register_end(net(&g), &form_row_entity, g.form, 9, D(2026, 11, 21)), ERR_CONFLICT, "mezitím uložil"));
	MUST(register_end(net(&g), &form_row_entity, g.form, 1, D(2026, 11, 21)));
	EXPECT(edit_is_gone(net(&g), &form_row_entity, g.form));
	EXPECT(edit_is_gone(net(&g), &capacity_entity, g.capacity));
	void *row;
	MUST(entity_get(net(&g), &capacity_entity, (AsOf){.valid = D(2026, 11, 21)}, g.capacity, &row));
	ctx_end(&g.c);
}

TEST("register edit: the address of a secret place is there for those with the right only") {
	Given      g = edit_given();
	const Actor *coordinator = edit_actor("Karel Koordinátor", "COO", SCOPE_DISTRICT, 3);
	EntityList rows;
	MUST(parts_list(net(&g), &facility_entity, TODAY, g.service, &rows));
	EQ_TEXT(((Facility *)rows.at[0])->street, "Tajná");
	MUST(parts_list(by(&g, coordinator), &facility_entity, TODAY, g.service, &rows));
	EQ_TEXT(((Facility *)rows.at[0])->name, "Azyl u řeky");
	EQ_TEXT(((Facility *)rows.at[0])->street, "");
	EQ_TEXT(((Facility *)rows.at[0])->house_no, "");
	ctx_end(&g.c);
}

TEST("register edit: capacities of a service are found through its forms") {
	Given      g = edit_given();
	EntityList rows;
	Id         owner;
	MUST(parts_list(net(&g), &capacity_entity, TODAY, g.service, &rows));
	EQ_INT(rows.len, 1);
	MUST(part_service(net(&g), &capacity_entity, rows.at[0], &owner));
	EQ_INT(owner, g.service);
	ctx_end(&g.c);
}
