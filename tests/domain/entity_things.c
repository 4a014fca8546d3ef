#include "tests/domain/entity.h"

ENTITY(house_entity, House, HOUSE_FIELDS, .name = "house", .table = "house", .one = "dům", .many = "domy", .of_many = "domů", .key = "ico",
       .title = "name", .read = "house.read", .write = "house.write", .scope_provider = "owner", .raises_data_version = true)
ENTITY(open_house_entity, House, HOUSE_FIELDS, .name = "house", .table = "house", .one = "dům", .many = "domy", .of_many = "domů", .key = "ico",
       .title = "name", .read = "house.read", .write = "house.write", .is_public = true)

static const Migration migration[] = {{"test_house", 1, "house",
	"CREATE TABLE house (\n"
	"	id $ID,\n	version $INT NOT NULL,\n	name $TEXT NOT NULL,\n	name_sort $BYTES NOT NULL,\n	name_fold $TEXT NOT NULL,\n"
	"	note $TEXT NOT NULL,\n	mail $TEXT NOT NULL,\n	phone $TEXT NOT NULL,\n	web $TEXT NOT NULL,\n	ico $TEXT NOT NULL UNIQUE,\n"
	"	postcode $TEXT NOT NULL,\n	beds $INT,\n	is_open $INT NOT NULL,\n	since $TEXT,\n	seen $TEXT,\n	price $INT,\n"
	"	staff $INT,\n	share $INT,\n	kind $TEXT NOT NULL,\n	owner $INT REFERENCES house (id)\n);\n"
	"CREATE TABLE house_groups (\n	owner $INT NOT NULL REFERENCES house (id),\n	code $TEXT NOT NULL,\n	PRIMARY KEY (owner, code)\n);\n"}};

static const Capability capabilities[] = {{"house.read", "vidět domy"}, {"house.write", "upravovat domy"}};
static const Role roles[] = {
	{"NET", "správce sítě", SCOPE_REGION, (const char *[]){"house.read", "house.write", NULL}},
	{"PRV", "pracovník poskytovatele", SCOPE_PROVIDER, (const char *[]){"house.read", NULL}},
};

static void given_item(Ctx *c, const char *list, const char *code, const char *name, Date to) {
	CodeItem *item = entity_new(c->arena, &code_item_entity);
	item->list = str_c(list);
	item->code = str_c(code);
	item->name = str_c(name);
	MUST(history_create(c, &code_item_entity, item, D(2007, 1, 1), to));
}

Ctx given_houses(void) {
	Db        *db = test_store();
	size_t     n;
	Str        why = {0};
	Migration *all = NEW_ARRAY(t_arena, Migration, 257);
	const Migration *own = test_migrations(&n);
	memcpy(all, own, n * sizeof *own);
	all[n] = migration[0];
	if (db_migrate(t_arena, db, all, n + 1, &why, NULL) != OK)
		test_fail(__FILE__, __LINE__, "%.*s", STR_ARG(why));
	const Capability *lists[] = {capabilities};
	size_t            counts[] = {LEN(capabilities)};
	EXPECT(access_setup(t_arena, lists, counts, 1, roles, LEN(roles), &why));
	Ctx c = ctx_make(t_arena, db, &actor_program, prague_instant(D(2026, 11, 22), 9 * 3600));
	given_item(&c, "house_kind", "a", "Azylový", (Date){0});
	given_item(&c, "house_kind", "b", "Běžný", (Date){0});
	given_item(&c, "house_kind", "c", "Zrušený", D(2020, 12, 31));
	given_item(&c, "house_group", "x", "Senioři", (Date){0});
	given_item(&c, "house_group", "y", "Rodiny", (Date){0});
	given_item(&c, "house_group", "z", "Děti", (Date){0});
	return c;
}

House *house(Ctx *c, const char *name) {
	static int number;
	House *h = entity_new(c->arena, &house_entity);
	int    n = 1000 + ++number % 9000, sum = 0, digits[7], k = n;
	for (int i = 6; i >= 0; i--, k /= 10)
		digits[i] = k % 10;
	for (int i = 0; i < 7; i++)
		sum += digits[i] * (8 - i);
	h->name = str_c(name);
	h->ico = str_format(c->arena, "%07d%d", n, (11 - sum % 11) % 10);
	h->kind = S("a");
	h->since = D(2020, 2, 29);
	return h;
}

House *given_house(Ctx *c, const char *name) {
	House *h = house(c, name);
	MUST(entity_insert(c, &house_entity, h));
	return h;
}

Ctx as(Ctx *c, const Actor *actor) {
	ctx_end(c);
	Ctx other = ctx_make(c->arena, c->db, actor, c->now);
	return other;
}

Str said(Ctx *c) {
	Str s = c->problems.len ? c->problems.at[c->problems.len - 1].text : (Str){0};
	c->problems.len = 0;
	return s;
}
