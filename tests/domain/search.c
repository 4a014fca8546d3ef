/* search.c, search_tokens.c: both engines find what a plain scan finds, whatever is asked. */
#include "core/search.h"
#include "tests/support/store.h"
#include "tests/test.h"

#include "base/hash.h"
#include "base/text.h"

static const Actor officer = {.account = 7, .name = {"Jana Nová", sizeof "Jana Nová" - 1}};

static Ctx context(Db *db, const Actor *actor) {
	return ctx_make(t_arena, db, actor, (Instant){INT64_C(1735689600000)});
}

static void put(Ctx *c, const char *kind, Id object, bool is_public, const char *title, const char *body) {
	Tx tx = {0};
	MUST(tx_begin(c, &tx));
	MUST(search_put(c, kind, object, is_public, str_c(title), str_c(body)));
	MUST(tx_commit(&tx));
}

/* The numbers of the hits, in their order: "3 1 2". */
static Str found(Ctx *c, const char *kind, const char *query) {
	SearchHits hits;
	Strs       ids = {0};
	MUST(search_find(c, kind, str_c(query), false, 0, &hits));
	for (size_t i = 0; i < hits.len; i++)
		strs_add(t_arena, &ids, str_format(t_arena, "%lld", (long long)hits.at[i].object_id));
	return str_join(t_arena, S(" "), ids);
}

static Ctx given_services(void) {
	Ctx c = context(test_store(), &officer);
	put(&c, "service", 1, true, "Domov U Řeky", "Pobytová služba pro seniory, IČO 70888744");
	put(&c, "service", 2, true, "Čáp, z. s.", "Osobní asistence, domov na dosah");
	put(&c, "service", 3, false, "Azylový dům", "Připravuje se, domov pro matky");
	put(&c, "news", 1, true, "Domov se otevírá", "");
	return c;
}

TEST("search: words are found in title and text, in any case, with or without marks") {
	Ctx c = given_services();
	EQ_TEXT(found(&c, "service", "REKY"), "1");
	EQ_TEXT(found(&c, "service", "seniorům"), "1");
	EQ_TEXT(found(&c, "service", "asistence čáp"), "2");
	EQ_TEXT(found(&c, "service", "asistence řeky"), "");
	EQ_TEXT(found(&c, "service", "7088"), "1");
	ctx_end(&c);
}

TEST("search: who is named so goes first, then the others, each in Czech order") {
	Ctx c = given_services();
	put(&c, "service", 4, true, "Cihla", "domov");
	put(&c, "service", 5, true, "Chata", "domov");
	put(&c, "service", 6, true, "Úsvit, domov", "");
	EQ_TEXT(found(&c, "service", "domov"), "1 6 3 4 2 5");
	ctx_end(&c);
}

TEST("search: a kind can be chosen, or all of them") {
	Ctx c = given_services();
	EQ_TEXT(found(&c, "news", "domov"), "1");
	EQ_INT(found(&c, NULL, "domov").len, sizeof "1 1 3 2" - 1);
	EQ_TEXT(found(&c, "nothing", "domov"), "");
	ctx_end(&c);
}

TEST("search: hits carry the title as people read it") {
	Ctx        c = given_services();
	SearchHits hits;
	MUST(search_find(&c, "service", S("cap"), false, 0, &hits));
	EQ_INT(hits.len, 1);
	EQ_TEXT(hits.at[0].title, "Čáp, z. s.");
	EQ_TEXT(hits.at[0].kind, "service");
	EXPECT(!hits.more);
	ctx_end(&c);
}

TEST("search: what is not public is hidden when only public is asked for, and always from people who are not signed in") {
	Ctx        c = given_services();
	SearchHits hits;
	EQ_TEXT(found(&c, "service", "azylový"), "3");
	MUST(search_find(&c, "service", S("azylový"), true, 0, &hits));
	EQ_INT(hits.len, 0);
	ctx_end(&c);
	Ctx visitor = context(c.db, &actor_public);
	EQ_TEXT(found(&visitor, "service", "azylový"), "");
	EQ_TEXT(found(&visitor, "service", "domov"), "1 2");
	ctx_end(&visitor);
	put(&c, "service", 3, true, "Azylový dům", "Připravuje se, domov pro matky");
	EQ_TEXT(found(&visitor, "service", "azylový"), "3");
	ctx_end(&visitor);
	ctx_end(&c);
}

TEST("search: what changed is found by its new words only, what was dropped not at all") {
	Ctx c = given_services();
	put(&c, "service", 1, true, "Domov Na Kopci", "Denní služba");
	EQ_TEXT(found(&c, "service", "řeky"), "");
	EQ_TEXT(found(&c, "service", "70888744"), "");
	EQ_TEXT(found(&c, "service", "kopci"), "1");
	put(&c, "service", 1, true, "Domov Na Kopci", "Denní služba");
	EQ_TEXT(found(&c, "service", "kopci"), "1");
	Tx tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(search_drop(&c, "service", 1));
	MUST(search_drop(&c, "service", 99));
	MUST(tx_commit(&tx));
	EQ_TEXT(found(&c, "service", "kopci"), "");
	EQ_TEXT(found(&c, "news", "domov"), "1");
	ctx_end(&c);
}

TEST("search: what is given up is not found") {
	Ctx c = given_services();
	Tx  tx = {0};
	MUST(tx_begin(&c, &tx));
	MUST(search_put(&c, "service", 9, true, S("Nezapsaný"), S("")));
	EQ_TEXT(found(&c, "service", "nezapsaný"), "9");
	tx_end(&tx);
	EQ_TEXT(found(&c, "service", "nezapsaný"), "");
	ctx_end(&c);
}

TEST("search: nothing that is typed means anything to an engine") {
	Ctx c = given_services();
	static const char *const queries[] = {
		"\"domov\"", "'domov'", "domov\"", "-domov", "domov*", "^domov", "(domov", "domov)", "((domov))", "{title} : domov", "words:domov", "domov:*",
		"domov & reky | cap", "!domov", "domov <-> reky", "domov <2> reky", "NEAR(domov reky)", "NEAR(domov reky, 2)", "domov NEAR/2 reky",
		"domov AND reky", "domov OR reky", "NOT domov", "domov AND", "AND", "OR OR", "domov\\", "\\'domov", "%domov_", "$1", "$2 domov",
		"'; DROP TABLE search_doc; --", "domov\n\treky", "🏠 domov 👵🏽", "🏠", "\xFF\xFE domov", "d\xC5", "*", "\"\"", "' '", "", "   ", "ř", "a b c d e f g h i j",
	};
	for (size_t i = 0; i < LEN(queries); i++) {
		SearchHits   hits;
		SearchTokens t = search_tokens(t_arena, str_c(queries[i]));
		Err          e = search_find(&c, "service", str_c(queries[i]), false, 0, &hits);
		if (e != OK)
			test_fail(__FILE__, __LINE__, "the query %s is refused", queries[i]);
		bool expected = t.len && search_matches(&t, S("domov u reky pobytova sluzba pro seniory ico 70888744"));
		bool first = false;
		for (size_t k = 0; k < hits.len; k++)
			first |= hits.at[k].object_id == 1;
		if (first != expected)
			test_fail(__FILE__, __LINE__, "the query %s finds what it should not, or the other way round", queries[i]);
	}
	char long_query[501] = {0};
	for (size_t i = 0; i + 1 < sizeof long_query; i++)
		long_query[i] = i % 7 == 6 ? ' ' : 'x';
	EQ_TEXT(found(&c, "service", long_query), "");
	EQ_TEXT(found(&c, "service", "\"domov\" (řeky)"), "1");
	ctx_end(&c);
}

TEST("search: a limit cuts the hits from behind") {
	Ctx        c = given_services();
	SearchHits hits;
	MUST(search_find(&c, "service", S("domov"), false, 2, &hits));
	EQ_INT(hits.len, 2);
	EQ_INT(hits.at[0].object_id, 1);
	EXPECT(!hits.more);
	ctx_end(&c);
}

TEST("search: above 5 000 matches that is said, and every hit can still be reached") {
	Ctx c = context(test_store(), &officer);
	Tx  tx = {0};
	MUST(tx_begin(&c, &tx));
	for (Id i = 1; i <= 6000; i++)
		MUST(search_put(&c, i <= 5000 ? "service" : "news", i, true, str_format(t_arena, "Domov %lld", (long long)(6001 - i)), S("péče")));
	MUST(tx_commit(&tx));
	SearchHits hits;
	MUST(search_find(&c, "service", S("domov"), true, 0, &hits));
	EQ_INT(hits.len, 5000);
	EXPECT(!hits.more);
	MUST(search_find(&c, NULL, S("domov"), true, 25, &hits));
	EQ_INT(hits.len, 25);
	EXPECT(hits.more);
	EQ_INT(hits.at[0].object_id, 1);
	EQ_INT(hits.at[24].object_id, 25);
	MUST(search_find(&c, NULL, S("domov"), true, 7000, &hits));
	EQ_INT(hits.len, 6000);
	EXPECT(hits.more);
	MUST(search_find(&c, NULL, S("domov 77"), true, 0, &hits));
	EXPECT(!hits.more);
	EQ_INT(hits.len, 11);                        /* 77, 770 to 779 */
	ctx_end(&c);
}

/* ---- against a plain scan ---- */

static const char *const vocabulary[] = {
	"domov", "Domova", "domovy", "dům", "DŮM", "služba", "služby", "pečovatelská", "pečovatelské", "pečovat", "senioři", "seniorů", "Řeka", "řek", "reka",
	"70888744", "7088", "708", "007", "1e5abc", "1e5", "e5abc", "12ab34", "0x1f", "covid19", "abc123", "z", "s", "a", "u", "Ústí", "ch", "chráněné",
	"Žďár", "čp", "123", "12", "1", "ﬁrma", "straße", "Ægir", "Ⅷ", "½", "привет", "東京", "x̌", "ne-vidomí", "a.b", "info@kraj.cz", "https://a.cz/b?c=d",
	"-5", "3,14", "1.2.3", "o'hara", "🏠", "R2D2", "pomoc", "pomoci", "pomocný", "bydlení", "and", "OR", "near", "not", "null",
};
static const char *const between[] = {" ", " ", " ", ", ", " – ", "-", ".", "/", "\n", " (", ") ", "\"", "'", "_", "🏠", "\xC2\xA0", ":", "*"};

static Str some_text(Rand *r, int words, bool cut) {
	CLEANUP(buf_free) Buf b = {0};
	for (int i = 0; i < words; i++) {
		Str word = str_c(vocabulary[rand_range(r, 0, LEN(vocabulary) - 1)]);
		if (i)
			buf_str(&b, str_c(between[rand_range(r, 0, LEN(between) - 1)]));
		buf_str(&b, cut && rand_chance(r, 40) ? utf8_first(word, (size_t)rand_range(r, 1, 6)) : word);
	}
	return str_dup(t_arena, buf_view(&b));
}

TEST("search: an index finds exactly what a scan over all texts finds") {
	enum { TEXTS = 2000, QUERIES = 200 };
	Ctx  c = context(test_store(), &officer);
	Rand r = rand_seed(20250101);
	Str  folded[TEXTS];
	Tx   tx = {0};
	MUST(tx_begin(&c, &tx));
	for (int i = 0; i < TEXTS; i++) {
		Str title = some_text(&r, (int)rand_range(&r, 1, 3), false), body = some_text(&r, (int)rand_range(&r, 0, 12), false);
		folded[i] = text_fold(t_arena, str_format(t_arena, "%.*s\n%.*s", STR_ARG(title), STR_ARG(body)));
		MUST(search_put(&c, "text", i + 1, true, title, body));
	}
	MUST(tx_commit(&tx));
	i64 hits_of_all = 0;
	for (int q = 0; q < QUERIES; q++) {
		Str          query = some_text(&r, (int)rand_range(&r, 1, 4), true);
		SearchTokens t = search_tokens(t_arena, query);
		SearchHits   hits;
		bool         is_hit[TEXTS + 1] = {0};
		MUST(search_find(&c, "text", query, false, 0, &hits));
		for (size_t i = 0; i < hits.len; i++) {
			EXPECT(!is_hit[hits.at[i].object_id]);
			is_hit[hits.at[i].object_id] = true;
		}
		for (int i = 0; i < TEXTS; i++)
			if (is_hit[i + 1] != (t.len > 0 && search_matches(&t, folded[i])))
				test_fail(__FILE__, __LINE__, "query %.*s, text %.*s: the index says %d", STR_ARG(query), STR_ARG(folded[i]), is_hit[i + 1]);
		hits_of_all += (i64)hits.len;
	}
	EXPECT(hits_of_all > 2000);                  /* otherwise nothing was compared */
	ctx_end(&c);
}
