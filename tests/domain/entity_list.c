/* list.c, access.c: lists hold what was asked for, in Czech order, and only what the person may see. */
#include "tests/domain/entity.h"

static const Actor nobody = {.name = {"veřejnost", sizeof "veřejnost" - 1}};

static EntityList listed(Ctx *c, ListQuery q) {
	EntityList list;
	q.want_total = true;
	MUST(entity_list(c, &house_entity, &q, &list));
	return list;
}

static Str names(Ctx *c, const EntityList *list) {
	Strs all = {0};
	for (size_t i = 0; i < list->len; i++)
		strs_add(c->arena, &all, ((House *)list->at[i])->name);
	return str_join(c->arena, S(" "), all);
}

#define NAMES(list, want) EQ_STR(names(c, &(list)), S(want))

static Ctx given_street(void) {
	Ctx c = given_houses();
	static const char *const all[] = {"Chata", "Cihla", "Hrad", "Ďábel", "Čáp", "Šíp", "Áda", "Adam"};
	for (size_t i = 0; i < LEN(all); i++) {
		House *h = house(&c, all[i]);
		h->beds = i == 0 ? BLANK : (i64)i * 10;
		h->is_open = i % 2;
		h->kind = i < 4 ? S("a") : S("b");
		h->since = D(2020, (int)i + 1, 1);
		strs_add(c.arena, &h->groups, i % 2 ? S("x") : S("y"));
		MUST(entity_insert(&c, &house_entity, h));
	}
	return c;
}

static ListFilter *by(Ctx *c, const char *field, const char *value) {
	return NEW(c->arena, ListFilter, .field = entity_field(&house_entity, str_c(field)), .value = str_c(value));
}

TEST("list: rows come in Czech order, ch after h") {
	Ctx c_ = given_street(), *c = &c_;
	EntityList all = listed(c, (ListQuery){0});
	NAMES(all, "Áda Adam Cihla Čáp Ďábel Hrad Chata Šíp");
	EntityList down = listed(c, (ListQuery){.descending = true});
	NAMES(down, "Šíp Chata Hrad Ďábel Čáp Cihla Adam Áda");
	ctx_end(c);
}

TEST("list: pages do not overlap and the total counts all of them") {
	Ctx c_ = given_street(), *c = &c_;
	EntityList first = listed(c, (ListQuery){.limit = 3}), last = listed(c, (ListQuery){.limit = 3, .offset = 6});
	NAMES(first, "Áda Adam Cihla");
	NAMES(last, "Chata Šíp");
	EQ_INT(last.total, 8);
	ctx_end(c);
}

TEST("list: filters of every type choose rows, and together they all hold") {
	Ctx c_ = given_street(), *c = &c_;
	EntityList kind = listed(c, (ListQuery){.filters = by(c, "kind", "b"), .filter_count = 1});
	NAMES(kind, "Áda Adam Čáp Šíp");
	EntityList group = listed(c, (ListQuery){.filters = by(c, "groups", "x"), .filter_count = 1});
	NAMES(group, "Adam Cihla Ďábel Šíp");
	EntityList open = listed(c, (ListQuery){.filters = by(c, "is_open", "1"), .filter_count = 1});
	NAMES(open, "Adam Cihla Ďábel Šíp");
	EntityList beds = listed(c, (ListQuery){.filters = by(c, "beds", "70"), .filter_count = 1});
	NAMES(beds, "Adam");
	ListFilter two[] = {*by(c, "since", "2020-03-01"), *by(c, "since", "2020-05-01")};
	two[0].is_from = two[1].is_to = true;
	EntityList spring = listed(c, (ListQuery){.filters = two, .filter_count = 2});
	NAMES(spring, "Čáp Ďábel Hrad");
	ctx_end(c);
}

TEST("list: a filter value of another type fits no row and is no error") {
	Ctx c_ = given_street(), *c = &c_;
	static const char *const wrong[][2] = {{"beds", "x' OR 1=1 --"}, {"since", "včera"}, {"owner", "1; DROP TABLE house"}, {"kind", "' OR ''='"}, {"groups", "%"}};
	for (size_t i = 0; i < LEN(wrong); i++)
		EQ_INT(listed(c, (ListQuery){.filters = by(c, wrong[i][0], wrong[i][1]), .filter_count = 1}).total, 0);
	EQ_INT(c->problems.len, 0);
	EQ_INT(listed(c, (ListQuery){0}).total, 8);
	ctx_end(c);
}

TEST("list: search ignores case and diacritics and finds beginnings of words") {
	Ctx c_ = given_street(), *c = &c_;
	EntityList found = listed(c, (ListQuery){.search = S("CAP")});
	NAMES(found, "Čáp");
	EntityList begin = listed(c, (ListQuery){.search = S("ch")});
	NAMES(begin, "Chata");
	EQ_INT(listed(c, (ListQuery){.search = S("ap")}).total, 0);
	EQ_INT(listed(c, (ListQuery){.search = S("'\"%_*")}).total, 8);
	ctx_end(c);
}

TEST("list: words beside a dash, a full stop, a slash, a comma, quotes or in brackets are words, too") {
	Ctx c_ = given_street(), *c = &c_;
	static const char *const asked[] = {"POV-2027-0042", "pov-2027", "0042", "2027-0042", "z. ú.", "(Lípa)", "lipa, z. u.", "45/27/ZK", "labuť"};
	MUST(entity_insert(c, &house_entity, house(c, "Dům (Lípa), z.ú.")));
	MUST(entity_insert(c, &house_entity, house(c, "POV-2027-0042")));
	MUST(entity_insert(c, &house_entity, house(c, "\"Labuť\", 45/27/ZK")));
	for (size_t i = 0; i < LEN(asked); i++)
		if (listed(c, (ListQuery){.search = str_c(asked[i])}).total != 1)
			test_fail(__FILE__, __LINE__, "%s is not found", asked[i]);
	EQ_INT(listed(c, (ListQuery){.search = S("POV-2027-0043")}).total, 0);
	EQ_INT(listed(c, (ListQuery){.search = S("ov-2027")}).total, 0);
	ctx_end(c);
}

TEST("list: order by a number keeps every row, blanks included") {
	Ctx c_ = given_street(), *c = &c_;
	EntityList list = listed(c, (ListQuery){.order = entity_field(&house_entity, S("beds")), .descending = true});
	EQ_INT(list.len, 8);
	ctx_end(c);
}

static Err count_one(void *arg, void *row) {
	(void)row;
	return ++*(int *)arg == 5 ? ERR_CANCELLED : OK;
}

TEST("list: reading each row stops when the reader says so") {
	Ctx c_ = given_street(), *c = &c_;
	int n = 0;
	EQ_INT(entity_each(c, &house_entity, &(ListQuery){0}, count_one, &n), ERR_CANCELLED);
	EQ_INT(n, 5);
	n = -100;
	MUST(entity_each(c, &house_entity, &(ListQuery){0}, count_one, &n));
	EQ_INT(n, -92);
	ctx_end(c);
}

/* ---- who sees what ---- */

static Actor person(Grant *grants, size_t n) {
	Actor a = {.account = 5, .name = S("Jana"), .grants = grants, .grant_count = n};
	access_prepare(&a);
	return a;
}

TEST("access: people who are not signed in are sent to sign in, others hear who may") {
	Ctx c_ = given_street(), *c = &c_;
	Ctx guest = as(c, &nobody);
	EntityList list;
	EQ_INT(entity_list(&guest, &house_entity, &(ListQuery){0}, &list), ERR_AUTH);
	Actor plain = person(NULL, 0);
	Ctx stranger = as(&guest, &plain);
	c = &stranger;
	REFUSED(entity_list(c, &house_entity, &(ListQuery){0}, &list), ERR_FORBIDDEN, "Má je: správce sítě, pracovník poskytovatele");
	REFUSED(require(c, "unknown.thing"), ERR_FORBIDDEN, "nemáte oprávnění");
	ctx_end(c);
}

TEST("access: a provider sees its own rows; those of a neighbour look as if they did not exist") {
	Ctx c_ = given_street(), *c = &c_;
	EntityList all = listed(c, (ListQuery){0});
	House *own = all.at[0], *mine = all.at[1], *other = all.at[2];
	mine->owner = own->head.id;
	MUST(entity_update(c, &house_entity, mine));
	Grant grants[] = {{S("PRV"), SCOPE_PROVIDER, own->head.id}, {S("PRV"), SCOPE_PROVIDER, 77}, {S("PRV"), SCOPE_PROVIDER, 78}};
	Actor worker = person(grants, 3);
	Ctx w = as(c, &worker);
	c = &w;
	EntityList seen = listed(c, (ListQuery){0});
	NAMES(seen, "Adam");
	EQ_INT(seen.total, 1);
	void *row;
	MUST(entity_get(c, &house_entity, TODAY, mine->head.id, &row));
	REFUSED(entity_get(c, &house_entity, TODAY, other->head.id, &row), ERR_NOT_FOUND, "neexistuje");
	MUST(entity_get(c, &open_house_entity, TODAY, other->head.id, &row));
	Actor none = person((Grant[]){{S("PRV"), SCOPE_MUNICIPALITY, 1}}, 1);
	Ctx n = as(c, &none);
	c = &n;
	EQ_INT(listed(c, (ListQuery){0}).total, 0);
	ctx_end(c);
}

TEST("access: whoever acts for thousands sees theirs and nothing else") {
	enum { MANY = 3000 };
	Ctx c_ = given_street(), *c = &c_;
	EntityList all = listed(c, (ListQuery){0});
	House *own = all.at[0], *mine = all.at[1], *other = all.at[2];
	mine->owner = own->head.id;
	MUST(entity_update(c, &house_entity, mine));
	Grant *grants = NEW_ARRAY(t_arena, Grant, MANY);
	for (int i = 0; i < MANY; i++)
		grants[i] = (Grant){S("PRV"), SCOPE_PROVIDER, i + 1 < MANY ? 1000000 + i : own->head.id};
	Actor worker = person(grants, MANY);
	Ctx w = as(c, &worker);
	c = &w;
	EntityList seen = listed(c, (ListQuery){0});
	NAMES(seen, "Adam");
	EQ_INT(seen.total, 1);
	void *row;
	REFUSED(entity_get(c, &house_entity, TODAY, other->head.id, &row), ERR_NOT_FOUND, "neexistuje");
	ctx_end(c);
}

TEST("access: a role of the region sees every row, and a role without the capability none") {
	Ctx c_ = given_street(), *c = &c_;
	Actor net = person((Grant[]){{S("NET"), SCOPE_REGION, 0}}, 1);
	Ctx n = as(c, &net);
	EQ_INT(listed(&n, (ListQuery){0}).total, 8);
	RowScope s = access_scope(&n, "house.write");
	EXPECT(s.all && scope_has_provider(&s, 1) && scope_has_district(&s, 1) && scope_has_municipality(&s, 1));
	EXPECT(may(&n, "house.write") && may(&n, SIGNED_IN) && may(&n, ANYONE));
	Actor worker = person((Grant[]){{S("PRV"), SCOPE_DISTRICT, 4}}, 1);
	Ctx w = as(&n, &worker);
	EXPECT(!may(&w, "house.write") && may(&w, "house.read"));
	RowScope d = access_scope(&w, "house.read");
	EXPECT(!d.all && scope_has_district(&d, 4) && !scope_has_district(&d, 5) && !scope_has_provider(&d, 4));
	RowScope none = access_scope(&w, "house.write");
	EXPECT(!none.all && none.district_count == 0);
	ctx_end(&w);
}

TEST("access: set-up refuses a capability that stands twice and a role with an unknown one") {
	static const Capability twice[] = {{"a.b", "x"}, {"a.b", "y"}};
	static const Capability once[] = {{"a.b", "x"}};
	const Role bad[] = {{"NET", "správce", SCOPE_REGION, (const char *[]){"a.c", NULL}}};
	const Capability *lists[] = {twice};
	size_t counts[] = {2};
	Str why = {0};
	EXPECT(!access_setup(t_arena, lists, counts, 1, NULL, 0, &why) && str_has(why, S("dvakrát")));
	lists[0] = once;
	counts[0] = 1;
	EXPECT(!access_setup(t_arena, lists, counts, 1, bad, 1, &why) && str_has(why, S("neznámé")));
	EXPECT(access_setup(t_arena, lists, counts, 1, NULL, 0, &why));
	EXPECT(access_known("a.b") && access_known(ANYONE) && !access_known("a.c") && !access_known(NULL));
	EXPECT(access_capability(0) && !access_capability(1) && !access_role(S("NET")));
}

/* ---- code lists and settings ---- */

TEST("codelist: items are those of the day, and a name of an ended one is still known") {
	Ctx c_ = given_houses(), *c = &c_;
	CodeItems items;
	MUST(codelist_items(c, "house_kind", c->today, &items));
	EQ_INT(items.len, 2);
	MUST(codelist_items(c, "house_kind", D(2020, 12, 31), &items));
	EQ_INT(items.len, 3);
	EQ_TEXT(codelist_name(c, "house_kind", S("c")), "Zrušený");
	EQ_TEXT(codelist_name(c, "house_kind", S("?")), "?");
	EXPECT(!codelist_find(c, "no_list", S("a")) && !codelist_by_external(c, "house_kind", S("")));
	ctx_end(c);
}

TEST("codelist: a change is seen by the next context, not by one that began before") {
	Ctx c_ = given_houses(), *c = &c_;
	Ctx reader = ctx_make(t_arena, c->db, &actor_program, c->now);
	const CodeItem *seen = codelist_find(&reader, "house_kind", S("a"));
	ctx_end(&reader);
	CodeItem *item = entity_copy(c->arena, &code_item_entity, codelist_find(c, "house_kind", S("a")));
	item->name = S("Azyl");
	MUST(history_change(c, &code_item_entity, item, c->today, (Date){0}));
	EQ_TEXT(seen->name, "Azylový");
	Ctx later = ctx_make(t_arena, c->db, &actor_program, c->now);
	EQ_TEXT(codelist_name(&later, "house_kind", S("a")), "Azyl");
	ctx_end(&later);
	ctx_end(c);
}

TEST("codelist: attributes are read by their key") {
	CodeItem item = {.attributes = S("forms=ter+amb; unit=U;empty=")};
	EQ_TEXT(code_attribute(&item, S("forms")), "ter+amb");
	EQ_TEXT(code_attribute(&item, S("unit")), "U");
	EXPECT(code_attribute(&item, S("empty")).len == 0 && code_attribute(&item, S("x")).len == 0);
}

TEST("codelist: a code with a blank or a comma is refused") {
	Ctx c_ = given_houses(), *c = &c_;
	CodeItem *item = entity_new(c->arena, &code_item_entity);
	*item = (CodeItem){.list = S("house_kind"), .code = S("a,b"), .name = S("x"), .rest_id = BLANK, .position = BLANK};
	REFUSED(history_create(c, &code_item_entity, item, c->today, (Date){0}), ERR_INVALID, "Kód smí mít jen");
	item->code = S("d");
	item->list = S("house kind");
	REFUSED(history_create(c, &code_item_entity, item, c->today, (Date){0}), ERR_INVALID, "Označení číselníku");
	ctx_end(c);
}

static const Setting test_settings[] = {
	{"test.name", "Jméno", "", "standard", SETTING_TEXT, 0, 10},
	{"test.days", "Dny", "", "30", SETTING_INT, 1, 90},
	{"test.flag", "Příznak", "", "0", SETTING_BOOL, 0, 1},
};

TEST("settings: values have a standard, bounds and a trail; unknown keys are refused") {
	Ctx c_ = given_houses(), *c = &c_;
	const Setting *lists[] = {test_settings};
	size_t counts[] = {LEN(test_settings)};
	settings_setup(lists, counts, 1);
	EQ_TEXT(setting_text(c, "test.name"), "standard");
	EQ_INT(setting_int(c, "test.days"), 30);
	MUST(setting_set(c, S("test.days"), S("90")));
	EQ_INT(setting_int(c, "test.days"), 90);
	REFUSED(setting_set(c, S("test.days"), S("91")), ERR_INVALID, "od 1 do 90");
	REFUSED(setting_set(c, S("test.days"), S("moc")), ERR_INVALID, "celé číslo");
	REFUSED(setting_set(c, S("test.flag"), S("2")), ERR_INVALID, "vyberte ano, nebo ne");
	REFUSED(setting_set(c, S("test.name"), S("jedenáct zn")), ERR_INVALID, "zkraťte ho na");
	REFUSED(setting_set(c, S("test.nothing"), S("1")), ERR_INVALID, "program nezná");
	MUST(setting_set(c, S("test.name"), S("jiné")));
	EQ_TEXT(setting_text(c, "test.name"), "jiné");
	EXPECT(setting_at(0) && setting_at(2) && !setting_at(3));
	ctx_end(c);
}

/* ---- rows of which a person sees a part ---- */

static void hide_note(Ctx *c, void *row) {
	if (!may(c, "house.write"))
		((House *)row)->note = (Str){0};
}

static Err take_note(void *arg, void *row) {
	*(size_t *)arg = ((House *)row)->note.len;
	return OK;
}

TEST("hide: what a person may not see of a row is blank in every way of reading it, and whole for those who may") {
	Ctx c_ = given_houses(), *c = &c_;
	House *h = house(c, "Úkryt");
	h->note = S("tajná ulice");
	MUST(entity_insert(c, &house_entity, h));
	Entity shy = open_house_entity;
	shy.hide = hide_note;
	for (int k = 0; k < 2; k++) {
		Actor who = k ? person((Grant[]){{S("NET"), SCOPE_REGION, 0}}, 1) : person(NULL, 0);
		Ctx p = as(c, &who);
		size_t want = k ? h->note.len : 0, len = 99;
		void *row;
		EntityList list;
		MUST(entity_get(&p, &shy, TODAY, h->head.id, &row));
		EQ_INT(((House *)row)->note.len, want);
		MUST(entity_find(&p, &shy, TODAY, "ico", h->ico, &row));
		EQ_INT(((House *)row)->note.len, want);
		MUST(entity_list(&p, &shy, &(ListQuery){0}, &list));
		EQ_INT(((House *)list.at[0])->note.len, want);
		MUST(entity_each(&p, &shy, &(ListQuery){0}, take_note, &len));
		EQ_INT(len, want);
		ctx_end(&p);
	}
}

static Err take_count(void *arg, void *row) {
	*(size_t *)arg += row != NULL;
	return OK;
}

TEST("list: thousands of combinations of filters are answered, however many came before; a stream reads them too") {
	Ctx c = given_street();
	ListFilter f[] = {*by(&c, "beds", "20"), *by(&c, "beds", "20"), *by(&c, "beds", "20"), *by(&c, "since", "2020-03-01"), *by(&c, "since", "2020-03-01"),
	                  *by(&c, "since", "2020-03-01"), *by(&c, "is_open", "ne"), *by(&c, "kind", "a"), *by(&c, "groups", "y"), *by(&c, "name", "Hrad")};
	f[1].is_from = f[4].is_from = true;
	f[2].is_to = f[5].is_to = true;
	for (int order = 0; order < 5; order++)
		for (unsigned set = 0; set < 1u << LEN(f); set++) {
			static const char *const orders[] = {"beds", "since", "name"};
			ListFilter some[LEN(f)];
			EntityList list;
			Ctx        p = as(&c, c.actor);
			ListQuery  q = {.filters = some, .limit = -1, .order = entity_field(&house_entity, str_c(orders[order % 3])), .descending = order > 2};
			for (size_t i = 0; i < LEN(f); i++)
				if (set >> i & 1)
					some[q.filter_count++] = f[i];
			MUST(entity_list(&p, &house_entity, &q, &list));
			EQ_INT(list.len > 0, true);
			if (set == (1u << LEN(f)) - 1) {
				size_t read = 0;
				MUST(entity_each(&p, &house_entity, &q, take_count, &read));
				EQ_INT(read, 1);
				EQ_TEXT(((House *)list.at[0])->name, "Hrad");
			}
			ctx_end(&p);
		}
}
