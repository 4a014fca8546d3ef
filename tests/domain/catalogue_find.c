/* The catalogue against the plain truth: a scan over all services by the same rules. */
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "base/text.h"
#include "core/codelist.h"
#include "core/history.h"
#include "domain/register/catalogue_inside.h"
#include "tests/domain/catalogue_given.h"

static bool has_code(const Strs *codes, Str code) {
	for (size_t i = 0; i < codes->len; i++)
		if (str_eq(codes->at[i], code))
			return true;
	return false;
}

static bool lies_in(Ctx *c, const TrueService *s, Id district) {
	for (int i = 0; i < s->places; i++) {
		const Unit *u = s->closed[i] ? NULL : territory_above(c, s->town[i]->id, LEVEL_DISTRICT, TODAY);
		if (u && u->id == district)
			return true;
	}
	return false;
}

static bool is_in_town(const TrueService *s, Id town) {
	for (int i = 0; i < s->places; i++)
		if (!s->closed[i] && !s->secret[i] && s->town[i]->id == town)
			return true;
	return false;
}

/* The age groups hold each other as their years do. */
static bool is_for_age(const TrueService *s, Str age) {
	return has_code(&s->ages, age) || has_code(&s->ages, S("bez-omezeni"));
}

static bool has_group(Ctx *c, const TrueService *s, const CatalogueValue *v) {
	if (!v->is_whole)
		return has_code(&s->groups, v->code);
	for (size_t i = 0; i < s->groups.len; i++)
		if (str_eq(codelist_find(c, "target_group", s->groups.at[i])->parent, v->code))
			return true;
	return false;
}

static bool has_value(Ctx *c, const TrueService *s, CatalogueFacet f, const CatalogueValue *v) {
	switch (f) {
	case CAT_GROUP: return has_group(c, s, v);
	case CAT_FORM: return has_code(&s->forms, v->code);
	case CAT_KIND: return str_eq(s->kind, v->code);
	case CAT_DISTRICT: return v->id && lies_in(c, s, v->id);
	case CAT_PLACE: return is_in_town(s, v->id);
	case CAT_AGE: return is_for_age(s, v->code);
	case CAT_ACT: return s->outside_act == str_eq(v->code, S("ne"));
	case CAT_FACETS: break;
	}
	return false;
}

static bool fits(Ctx *c, const Catalogue *k, const TrueService *s, const CatalogueQuery *q, const SearchTokens *t, int without) {
	if (!is_shown(s) || !search_matches(t, text_fold(t_arena, true_text(t_arena, s))))
		return false;
	for (int f = 0; f < CAT_FACETS; f++) {
		bool any = q->chosen[f].len == 0 || f == without;
		for (size_t i = 0; i < q->chosen[f].len && !any; i++)
			any = has_value(c, s, (CatalogueFacet)f, &k->facets[f].at[q->chosen[f].at[i]]);
		if (!any)
			return false;
	}
	return true;
}

static const char *const searches[] = {
	"pecovatelska", "pecovatelske sluzby", "domov", "domov duchodcu", "domov pro seniory liberec", "LIBEREC", "jablonec nad nisou", "zluty dum", "cista reka",
	"chaloupka", "charita", "krizova", "krizove pomoci", "poradna dluhy", "dluhova", "azylovy dum matky", "hospic", "stacionar", "osetrovatelka", "oddluzeni",
	"27000", "27000011", "10000", "1000037", "u reky", "sv. anny", "cislo 7", "7", "s", "a", "ch", "tapka", "dablik", "maji", "majak", "obcany trvaly pobyt",
	"vikendu", "samostatnym zivotem", "tanvald terenni", "streetwork", "kacko", "pencin", "z. u.", "\"domov\" -liberec", "nic takoveho neni",
};

TEST("catalogue: more than forty searches over 7,000 services find exactly what a plain scan finds") {
	TrueCatalogue    t;
	Ctx              c = given_catalogue(7000, &t);
	const Catalogue *k;
	MUST(catalogue_get(&c, &k));
	Str *folded = NEW_ARRAY(t_arena, Str, t.len);
	for (size_t i = 0; i < t.len; i++)
		folded[i] = text_fold(t_arena, true_text(t_arena, &t.at[i]));
	size_t shown = 0, found_any = 0;
	for (size_t i = 0; i < t.len; i++)
		shown += is_shown(&t.at[i]);
	EQ_INT(k->count, shown);
	EXPECT(LEN(searches) >= 40);
	for (size_t n = 0; n < LEN(searches); n++) {
		CatalogueQuery  q = {.text = str_c(searches[n])};
		CatalogueResult r;
		catalogue_search(t_arena, k, &q, &r);
		size_t expected = 0;
		for (size_t i = 0; i < t.len; i++) {
			bool fit = is_shown(&t.at[i]) && search_matches(&r.tokens, folded[i]);
			const CatalogueService *s = catalogue_service(k, t.at[i].id);
			bool found = s && set_has(r.set, (size_t)(s - k->services));
			if (fit != found)
				test_fail(__FILE__, __LINE__, "„%s“: %.*s is %sfound", searches[n], STR_ARG(t.at[i].name), found ? "" : "not ");
			expected += fit;
		}
		EQ_INT(r.total, expected);
		found_any += expected > 0;
	}
	EXPECT(found_any >= 40);
}

/* ---- filters and their counts ---- */

static void choose_some(TrueCatalogue *t, const Catalogue *k, CatalogueQuery *q) {
	for (int f = 0; f < CAT_FACETS; f++) {
		i64 n = rand_chance(&t->rand, 40) ? rand_range(&t->rand, 1, 2) : 0;
		for (i64 i = 0; i < n && k->facets[f].len; i++)
			*ARENA_PUSH(t_arena, q->chosen[f].at, q->chosen[f].len, q->chosen[f].cap) = (u32)rand_range(&t->rand, 0, (i64)k->facets[f].len - 1);
	}
	if (rand_chance(&t->rand, 50))
		q->text = str_c(searches[rand_range(&t->rand, 0, (i64)LEN(searches) - 1)]);
}

TEST("catalogue: the counts beside filters are those of a scan without the own filter of each facet") {
	TrueCatalogue    t;
	Ctx              c = given_catalogue(400, &t);
	const Catalogue *k;
	MUST(catalogue_get(&c, &k));
	for (int round = 0; round < 40; round++) {
		CatalogueQuery  q = {0};
		CatalogueResult r;
		choose_some(&t, k, &q);
		catalogue_search(t_arena, k, &q, &r);
		catalogue_counts(t_arena, k, &q, &r);
		u32   *towns = catalogue_place_counts(t_arena, k, &q);
		size_t total = 0;
		bool  *fit = NEW_ARRAY(t_arena, bool, t.len * (CAT_FACETS + 1));
		for (size_t i = 0; i < t.len; i++) {
			total += fits(&c, k, &t.at[i], &q, &r.tokens, -1);
			for (int f = 0; f < CAT_FACETS; f++)
				fit[i * CAT_FACETS + (size_t)f] = fits(&c, k, &t.at[i], &q, &r.tokens, f);
		}
		EQ_INT(r.total, total);
		for (int f = 0; f < CAT_FACETS; f++)
			for (size_t v = 0; v < k->facets[f].len; v++) {
				u32 count = 0;
				if (f == CAT_PLACE && rand_chance(&t.rand, 80))
					continue;
				for (size_t i = 0; i < t.len; i++)
					count += fit[i * CAT_FACETS + (size_t)f] && has_value(&c, &t.at[i], (CatalogueFacet)f, &k->facets[f].at[v]);
				EQ_INT(f == CAT_PLACE ? towns[v] : r.counts[f][v], count);
			}
	}
}

TEST("catalogue: whoever is for all ages is found under each age") {
	TrueCatalogue    t;
	Ctx              c = given_catalogue(0, &t);
	TrueService      s = {.name = S("Pro každého"), .identifier = S("1234567"), .provider = S("Jilm"), .ico = S("27000011"), .kind = S("37")};
	const Catalogue *k;
	strs_add(t_arena, &s.ages, S("bez-omezeni"));
	put_true_service(&c, &s);
	MUST(catalogue_get(&c, &k));
	EQ_INT(k->count, 1);
	for (size_t i = 0; i < k->facets[CAT_AGE].len; i++)
		EQ_INT(k->facets[CAT_AGE].at[i].total, 1);
}

/* ---- secret addresses ---- */

TEST("catalogue: a secret place is in its district and nowhere else: no search, no municipality, no text of the index holds it") {
	TrueCatalogue    t;
	Ctx              c = given_catalogue(0, &t);
	const Unit      *town = territory_by_slug(&c, LEVEL_MUNICIPALITY, S("smrzovka"));
	const Catalogue *k;
	CatalogueResult  r;
	EXPECT(town != NULL);
	TrueService s = {.name = S("Azylový dům Kotva"), .identifier = S("1234567"), .provider = S("Jilm"), .ico = S("27000011"), .kind = S("57"),
	                 .town = {town}, .secret = {true}, .places = 1};
	put_true_service(&c, &s);
	MUST(catalogue_get(&c, &k));
	EQ_INT(k->count, 1);
	CatalogueQuery q = {.text = S("smrzovka")};
	catalogue_search(t_arena, k, &q, &r);
	EQ_INT(r.total, 0);
	CatalogueQuery all = {0};
	u32 *towns = catalogue_place_counts(t_arena, k, &all);
	for (size_t i = 0; i < k->facets[CAT_PLACE].len; i++)
		EQ_INT(towns[i], 0);
	const char *const never[] = {"tajna", "46001", "misto"};
	for (size_t i = 0; i < LEN(never); i++) {
		CatalogueQuery hidden = {.text = str_c(never[i])};
		EQ_INT(catalogue_total(t_arena, k, &hidden), 0);
	}
	i64 district = catalogue_value(k, CAT_DISTRICT, S("tanvald"));
	EXPECT(district >= 0);
	EQ_INT(k->facets[CAT_DISTRICT].at[district].total, 1);
	EXPECT(k->services[0].has_secret);
	EQ_INT(k->services[0].place_count, 0);
}

TEST("service: an address that became secret is secret as of every earlier day, too") {
	TrueCatalogue t;
	Ctx           c = given_catalogue(0, &t);
	const Unit   *town = territory_by_slug(&c, LEVEL_MUNICIPALITY, S("smrzovka"));
	TrueService   s = {.name = S("Azylový dům Kotva"), .identifier = S("1234567"), .provider = S("Jilm"), .ico = S("27000011"), .kind = S("57"),
	                   .town = {town}, .places = 1};
	ServiceWhole  w;
	put_true_service(&c, &s);
	AsOf earlier = {.valid = date_add(c.today, -100)};
	MUST(service_whole(&c, earlier, s.id, &w));
	EQ_INT(w.facilities[0]->municipality, town->id);
	Facility *f = entity_copy(t_arena, &facility_entity, w.facilities[0]);
	f->secret_address = true;
	MUST(history_change(&c, &facility_entity, f, c.today, (Date){0}));
	MUST(service_whole(&c, earlier, s.id, &w));
	EXPECT(w.facilities[0]->secret_address);
	EQ_INT(w.facilities[0]->municipality, 0);
	EQ_TEXT(w.facilities[0]->street, "");
	AsOf known_earlier = {.recorded = {c.now.ms - 1}};
	MUST(service_whole(&c, known_earlier, s.id, &w));
	EQ_TEXT(w.facilities[0]->street, "");
}

/* ---- what is in the index, and when ---- */

TEST("catalogue: a write is seen by the next reader, and what one reader holds stays as it was") {
	TrueCatalogue    t;
	Ctx              c = given_catalogue(50, &t);
	const Catalogue *before, *after, *same;
	MUST(catalogue_get(&c, &before));
	size_t count = before->count;
	TrueService s = {.name = S("Zcela nová"), .identifier = S("7654321"), .provider = S("Jilm"), .ico = S("27000011"), .kind = S("37")};
	put_true_service(&c, &s);
	MUST(catalogue_get(&c, &after));
	MUST(catalogue_get(&c, &same));
	EXPECT(after == same);
	EQ_INT(before->count, count);
	EQ_INT(after->count, count + 1);
	EXPECT(catalogue_service(before, s.id) == NULL);
	EQ_TEXT(catalogue_service(after, s.id)->name, "Zcela nová");
}

static void put_named(Ctx *c, const char *name) {
	TrueService s = {.name = str_c(name), .identifier = S("7654321"), .provider = S("Jilm"), .ico = S("27000011"), .kind = S("37")};
	put_true_service(c, &s);
}

static void usual_builds(void *unused) {
	(void)unused;
	catalogue_build_aside_after(200);
}

TEST("catalogue: where a build takes long, readers have the old index until the new one is there, and never wait") {
	TrueCatalogue    t;
	Ctx              c = given_catalogue(50, &t);
	const Catalogue *before, *at_once, *later = NULL;
	arena_defer(t_arena, usual_builds, NULL);
	catalogue_build_aside_after(0);
	MUST(catalogue_get(&c, &before));
	TrueService s = {.name = S("Zcela nová"), .identifier = S("7654321"), .provider = S("Jilm"), .ico = S("27000011"), .kind = S("37")};
	put_true_service(&c, &s);
	MUST(catalogue_get(&c, &at_once));
	EXPECT(at_once == before ? c.stale : catalogue_service(at_once, s.id) != NULL);      /* a page of the old one is not kept */
	for (int i = 0; i < 5000 && (!later || !catalogue_service(later, s.id)); i++) {
		nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
		MUST(catalogue_get(&c, &later));
	}
	EXPECT(catalogue_service(later, s.id) != NULL);
	catalogue_forget(c.db);                      /* waits for whoever still builds */
}

/* ---- many readers ---- */

typedef struct Reader {
	Db         *db;
	Instant     now;
	atomic_bool *over;
	bool        went_back, failed;
	size_t      last, reads;
} Reader;

static void *read_on(void *arg) {
	Reader *r = arg;
	while (!atomic_load(r->over) || r->reads == 0) {
		Arena a = {0};
		Ctx   c = ctx_make(&a, r->db, &actor_public, r->now);
		const Catalogue *k;
		if (catalogue_get(&c, &k) != OK) {
			r->failed = true;
		} else {
			u64 all = 0;
			for (size_t i = 0; i < k->count; i++)
				all += k->services[i].name.len;          /* every byte must still be there */
			r->went_back |= k->count < r->last || all == 0;
			r->last = k->count;
		}
		r->reads++;
		ctx_end(&c);
		arena_free(&a);
	}
	db_thread_end(r->db);
	return NULL;
}

TEST("catalogue: readers beside a writer never fail and never see an older index than before") {
	TrueCatalogue t;
	Ctx           c = given_catalogue(60, &t);
	atomic_bool   over = false;
	Reader        readers[4];
	pthread_t     threads[LEN(readers)];
	for (size_t i = 0; i < LEN(readers); i++) {
		readers[i] = (Reader){.db = c.db, .now = c.now, .over = &over};
		CHECK(pthread_create(&threads[i], NULL, read_on, &readers[i]) == 0);
	}
	for (int i = 0; i < 30; i++)
		put_named(&c, "Zcela nová");
	atomic_store(&over, true);
	for (size_t i = 0; i < LEN(readers); i++)
		pthread_join(threads[i], NULL);
	for (size_t i = 0; i < LEN(readers); i++) {
		EXPECT(!readers[i].failed);
		EXPECT(!readers[i].went_back);
	}
}

TEST("catalogue: a service whose last day was yesterday is gone, one whose last day is today is there") {
	TrueCatalogue    t;
	Ctx              c = given_catalogue(0, &t);
	const Catalogue *k;
	TrueService      s = {.name = S("Do dneška"), .identifier = S("7654321"), .provider = S("Jilm"), .ico = S("27000011"), .kind = S("37")};
	put_true_service(&c, &s);
	void *row;
	MUST(entity_get(&c, &service_entity, TODAY, s.id, &row));
	Service *service = row;
	service->provided_to = c.today;
	MUST(history_change(&c, &service_entity, service, c.today, (Date){0}));
	MUST(catalogue_get(&c, &k));
	EXPECT(catalogue_service(k, s.id) != NULL);
	Ctx tomorrow = ctx_make(t_arena, c.db, &actor_program, (Instant){c.now.ms + 24 * 3600 * 1000});
	ctx_end(&c);
	MUST(catalogue_get(&tomorrow, &k));
	EXPECT(catalogue_service(k, s.id) == NULL);
	ctx_end(&tomorrow);
}

TEST("catalogue: a mistyped word brings the nearest one, with its diacritics; a word that is there brings none") {
	TrueCatalogue    t;
	Ctx              c = given_catalogue(100, &t);
	const Catalogue *k;
	MUST(catalogue_get(&c, &k));
	EQ_TEXT(catalogue_suggestion(t_arena, k, S("pecovateslka")), "pečovatelská");
	EQ_TEXT(catalogue_suggestion(t_arena, k, S("pecovatelska")), "");
	EQ_TEXT(catalogue_suggestion(t_arena, k, S("qqqqqqqqq")), "");
	EQ_TEXT(catalogue_suggestion(t_arena, k, S("99999999")), "");
}

TEST("catalogue: the first letter becomes a capital also when it has a mark") {
	EQ_TEXT(catalogue_capital(t_arena, S("osobní asistence")), "Osobní asistence");
	EQ_TEXT(catalogue_capital(t_arena, S("řeka")), "Řeka");
	EQ_TEXT(catalogue_capital(t_arena, S("ženy")), "Ženy");
	EQ_TEXT(catalogue_capital(t_arena, S("ústav")), "Ústav");
	EQ_TEXT(catalogue_capital(t_arena, S("ňadra")), "Ňadra");
	EQ_TEXT(catalogue_capital(t_arena, S("Čas")), "Čas");
	EQ_TEXT(catalogue_capital(t_arena, S("")), "");
}
