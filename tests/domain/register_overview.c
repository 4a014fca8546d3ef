/* What start pages tell about the register: what waits for whom, and what changed that is theirs to know. */
#include "domain/register/overview.h"

#include "domain/register/confirm.h"
#include "domain/register/machines.h"
#include "tests/domain/register_edit.h"

static WaitingList waiting(Ctx *c) {
	WaitingList list = {0};
	MUST(register_waiting(c, &list));
	return list;
}

static const Waiting *about(const WaitingList *list, const char *words) {
	for (size_t i = 0; i < list->len; i++)
		if (str_has(list->at[i].title, str_c(words)))
			return &list->at[i];
	return NULL;
}

static Changes changes(Ctx *c) {
	Changes list = {0};
	MUST(register_changes(c, (Instant){1}, &list));
	return list;
}

static bool tells(const Changes *list, const char *words) {
	for (size_t i = 0; i < list->len; i++)
		if (str_has(list->at[i].text, str_c(words)))
			return true;
	return false;
}

TEST("register overview: who signs is told to confirm, as late; a colleague only learns of it, and after that nobody is told") {
	Given          g = edit_given();
	const Actor   *signer = edit_actor("Statutár", "PSG", SCOPE_PROVIDER, g.provider), *clerk = edit_actor("Pracovnice", "PRV", SCOPE_PROVIDER, g.provider);
	WaitingList    list = waiting(by(&g, signer));
	const Waiting *w = about(&list, "Potvrďte údaje: 1\u00A0vaše služba");
	EXPECT(w && w->is_late && !w->is_calm && str_eq(w->link, S("/app/moje-sluzby")) && str_eq(w->button, S("Zkontrolovat a potvrdit")));
	list = waiting(by(&g, clerk));
	w = about(&list, "Na potvrzení údajů čeká 1\u00A0vaše služba");
	EXPECT(w && w->is_calm && !w->is_late);
	MUST(service_confirm(by(&g, signer), g.service, 0));
	EQ_INT(waiting(by(&g, signer)).len, 0);
	EQ_INT(waiting(by(&g, clerk)).len, 0);
	ctx_end(&g.c);
}

TEST("register overview: an officer sees how many services nobody confirmed; people without the right see nothing of it") {
	Given          g = edit_given();
	WaitingList    list = waiting(net(&g));
	const Waiting *w = about(&list, "Nepotvrzené údaje: 1\u00A0služba");
	EXPECT(w && w->is_calm && w->count == 1);
	EQ_INT(waiting(by(&g, edit_actor("Zastupitel", "ELE", SCOPE_REGION, 0))).len, 0);
	EQ_INT(waiting(by(&g, edit_actor("Člen", "GRP", SCOPE_BODY, 9))).len, 0);
	ctx_end(&g.c);
}

TEST("register overview: the author of a suggestion learns that it was answered, not that it was taken back") {
	Given        g = edit_given();
	const Actor *author = edit_actor("Pavel", "PRV", SCOPE_PROVIDER, g.provider);
	i64          made;
	Suggestions  mine;
	MUST(suggestion_add(by(&g, author), g.service, NULL, 0, S("První."), (Str){0}, &made));
	MUST(suggestion_add(by(&g, author), g.service, NULL, 0, S("Druhý."), (Str){0}, &made));
	MUST(suggestions_read(by(&g, author), (SuggestionQuery){.account = author->account}, &mine));
	MUST(suggestion_take_back(by(&g, author), mine.at[0].head.id));
	WaitingList list = waiting(by(&g, author));
	EXPECT(!about(&list, "Odpovědi na vaše návrhy"));
	MUST(suggestion_decide(net(&g), mine.at[1].head.id, false, S("Ne."), g.c.today));
	list = waiting(by(&g, author));
	EXPECT(about(&list, "Odpovědi na vaše návrhy: 1") != NULL);
	ctx_end(&g.c);
}

/* The officer changes the telephone of the first provider's service and the name of the neighbour's. */
static Id change_two(Given *g) {
	Id       other = edit_add_service(by(g, &actor_program), g->neighbour, "7654321", "Sousedská služba");
	Contact *phone = edit_get(net(g), &contact_entity, g->contact);
	g->c.reason = S("Nové číslo.");
	phone->value = S("485 226 222");
	MUST(register_save(net(g), &contact_entity, phone, g->c.today));
	Service *s = edit_get(net(g), &service_entity, other);
	s->name = S("Sousedská služba, nově");
	MUST(register_save(net(g), &service_entity, s, g->c.today));
	return other;
}

TEST("register overview: a provider is told of its own services only, an officer of all but the officer's own changes") {
	Given        g = edit_given();
	const Actor *clerk = edit_actor("Pracovnice", "PRV", SCOPE_PROVIDER, g.provider), *neighbour = edit_actor("Soused", "PRV", SCOPE_PROVIDER, g.neighbour);
	const Actor *second = edit_actor("Druhá síťová", "NET", SCOPE_REGION, 3);
	Id           other = change_two(&g);
	Changes      list = changes(by(&g, clerk));
	EXPECT(tells(&list, "Pečovatelská služba Lípa") && !tells(&list, "Sousedská"));
	EQ_STR(list.at[0].link, str_format(t_arena, "/app/moje-sluzby/%lld", (long long)g.service));
	list = changes(by(&g, neighbour));
	EXPECT(!tells(&list, "Lípa") && tells(&list, "Sousedská služba, nově"));
	list = changes(by(&g, second));
	EXPECT(tells(&list, "Pečovatelská služba Lípa") && tells(&list, "Sousedská služba, nově"));
	EQ_STR(list.at[0].link, str_format(t_arena, "/app/sluzby/%lld", (long long)other));
	list = changes(net(&g));
	for (size_t i = 0; i < list.len; i++)
		EXPECT(!str_eq(list.at[i].who, S("Síťová Nová")));
	EQ_INT(changes(by(&g, edit_actor("Člen", "GRP", SCOPE_BODY, 9))).len, 0);
	ctx_end(&g.c);
}

TEST("register overview: a municipality without a place of the service is told nothing of it") {
	Given g = edit_given();
	const Actor *town = edit_actor("Obec", "MUN", SCOPE_MUNICIPALITY, 4242);
	change_two(&g);
	EQ_INT(changes(by(&g, town)).len, 0);
	ctx_end(&g.c);
}

TEST("register overview: who changes many services in a day has one line for all of them; nothing is told of what came before") {
	Given        g = edit_given();
	const Actor *second = edit_actor("Druhá síťová", "NET", SCOPE_REGION, 3);
	for (int i = 0; i < 12; i++)
		edit_add_service(by(&g, &actor_program), g.provider, str_z(t_arena, str_format(t_arena, "22%05d", i)), "Hromadná");
	Changes list = changes(by(&g, second));
	EXPECT(tells(&list, "Změny údajů: 12\u00A0služeb") && !tells(&list, "Hromadná"));
	list = (Changes){0};
	MUST(register_changes(by(&g, second), (Instant){g.c.now.ms + 1}, &list));
	EQ_INT(list.len, 0);
	ctx_end(&g.c);
}
