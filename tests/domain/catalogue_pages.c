/* Order and pages of the catalogue: Czech order, no loss and no double, also while services come and go. */
#include "base/text.h"
#include "core/data_version.h"
#include "core/history.h"
#include "tests/domain/catalogue_given.h"

static void put_named(Ctx *c, const char *name) {
	TrueService s = {.name = str_c(name), .identifier = S("1234567"), .provider = S("Jilm"), .ico = S("27000011"), .kind = S("37")};
	put_true_service(c, &s);
}

TEST("catalogue: names stand in Czech order, ch after h") {
	static const char *const wanted[] = {"cihla", "čáp", "hrad", "chata", "i", "rak", "řeka", "sen", "šíp", "zeď", "žába"};
	static const char *const given[] = {"žába", "rak", "chata", "cihla", "šíp", "hrad", "i", "zeď", "čáp", "sen", "řeka"};
	TrueCatalogue    t;
	Ctx              c = given_catalogue(0, &t);
	const Catalogue *k;
	CatalogueResult  r;
	CatalogueQuery   q = {0};
	for (size_t i = 0; i < LEN(given); i++)
		put_named(&c, given[i]);
	MUST(catalogue_get(&c, &k));
	catalogue_search(t_arena, k, &q, &r);
	catalogue_rows(t_arena, k, &q, &r);
	EQ_INT(r.row_count, LEN(wanted));
	for (size_t i = 0; i < LEN(wanted); i++)
		EQ_STR(k->services[r.rows[i]].name, str_c(wanted[i]));
}

/* All rows of a query, page by page; ids in order. */
static size_t walk(const Catalogue *k, CatalogueQuery q, Id *ids, bool backward) {
	size_t n = 0;
	for (int page = 0; page < 10000; page++) {
		CatalogueResult r;
		catalogue_search(t_arena, k, &q, &r);
		catalogue_rows(t_arena, k, &q, &r);
		if (r.row_count == 0)
			return n;
		EQ_INT(r.before, backward ? r.total - 1 - n - r.row_count : n);       /* backward begins before the last one */
		for (size_t i = 0; i < r.row_count; i++)
			ids[n + i] = k->services[r.rows[backward ? r.row_count - 1 - i : i]].id;
		n += r.row_count;
		CatalogueKey key = catalogue_key(k, q.order, r.rows[backward ? 0 : r.row_count - 1]);
		if (backward)
			q.before = key;
		else
			q.after = key;
	}
	test_fail(__FILE__, __LINE__, "the pages never end");
}

TEST("catalogue: pages forward and backward hold every service once, in each order") {
	static const CatalogueOrder orders[] = {CAT_BY_NAME, CAT_BY_PROVIDER, CAT_BY_PLACE};
	TrueCatalogue    t;
	Ctx              c = given_catalogue(300, &t);
	const Catalogue *k;
	MUST(catalogue_get(&c, &k));
	for (size_t o = 0; o < LEN(orders); o++)
		for (int descending = 0; descending < 2; descending++) {
			CatalogueQuery q = {.order = orders[o], .descending = descending, .limit = 7};
			CatalogueResult all;
			Id *forward = NEW_ARRAY(t_arena, Id, k->count + 8), *backward = NEW_ARRAY(t_arena, Id, k->count + 8);
			EQ_INT(walk(k, q, forward, false), k->count);
			catalogue_search(t_arena, k, &q, &all);
			q.limit = 0;
			catalogue_rows(t_arena, k, &q, &all);
			for (size_t i = 0; i < k->count; i++)
				EQ_INT(forward[i], k->services[all.rows[i]].id);
			CatalogueQuery from_end = {.order = orders[o], .descending = descending, .limit = 7};
			from_end.before = catalogue_key(k, orders[o], all.rows[k->count - 1]);
			EQ_INT(walk(k, from_end, backward, true), k->count - 1);
			for (size_t i = 0; i + 1 < k->count; i++)
				EQ_INT(backward[i], forward[k->count - 2 - i]);
		}
}

static void end_service(Ctx *c, Id id) {
	void *row;
	MUST(entity_get(c, &service_entity, TODAY, id, &row));
	Service *s = row;
	s->provided_to = date_add(c->today, -1);
	MUST(history_change(c, &service_entity, s, c->today, (Date){0}));
}

TEST("catalogue: services that stay are met once by who pages through while others come and go") {
	TrueCatalogue t;
	Ctx           c = given_catalogue(200, &t);
	const Catalogue *k;
	MUST(catalogue_get(&c, &k));
	size_t count = k->count, met_count = 0;
	Id *stays = NEW_ARRAY(t_arena, Id, count), *met = NEW_ARRAY(t_arena, Id, count * 2 + 100);
	for (size_t i = 0; i < count; i++)
		stays[i] = k->services[i].id;
	CatalogueQuery q = {.limit = 9};
	for (int page = 0;; page++) {
		CatalogueResult r;
		MUST(catalogue_get(&c, &k));
		catalogue_search(t_arena, k, &q, &r);
		catalogue_rows(t_arena, k, &q, &r);
		if (r.row_count == 0)
			break;
		for (size_t i = 0; i < r.row_count; i++)
			met[met_count++] = k->services[r.rows[i]].id;
		q.after = catalogue_key(k, q.order, r.rows[r.row_count - 1]);
		Id gone = q.after.id;                    /* the very row that the next page begins behind */
		end_service(&c, gone);
		for (size_t i = 0; i < count; i++)
			stays[i] = stays[i] == gone ? 0 : stays[i];
		put_named(&c, page % 2 ? "Aaa na začátku" : "Žž na konci");
	}
	for (size_t i = 0; i < count; i++) {
		size_t times = 0;
		for (size_t n = 0; n < met_count; n++)
			times += met[n] == stays[i];
		if (stays[i])
			EQ_INT(times, 1);
	}
}
