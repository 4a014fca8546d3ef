/* search_tokens.c: what a query asks for. The indexes of both engines are compared with search_matches in tests/domain/search.c. */
#include "core/search.h"
#include "tests/test.h"

#include "base/text.h"

/* Tokens as text: prefixes end with *, "…" when something was left out. */
static Str tokens(const char *query) {
	SearchTokens t = search_tokens(t_arena, str_c(query));
	CLEANUP(buf_free) Buf b = {0};
	for (size_t i = 0; i < t.len; i++)
		buf_format(&b, "%s%.*s%s", i ? " " : "", STR_ARG(t.at[i].text), t.at[i].prefix ? "*" : "");
	if (t.cut)
		buf_str(&b, S(" …"));
	return str_dup(t_arena, buf_view(&b));
}

static bool matches(const char *query, const char *text) {
	SearchTokens t = search_tokens(t_arena, str_c(query));
	return search_matches(&t, text_fold(t_arena, str_c(text)));
}

TEST("search: words lose case and marks, and only the last short word is a prefix") {
	EQ_TEXT(tokens("Dům U Řeky"), "dum u reky*");
	EQ_TEXT(tokens("  dům  "), "dum*");
	EQ_TEXT(tokens("ĎÁBEL"), "dabel*");
}

TEST("search: a word of six letters and more loses two and becomes a prefix wherever it stands") {
	EQ_TEXT(tokens("senior dům"), "seni* dum*");
	EQ_TEXT(tokens("pečovatelská služba"), "pecovatels* sluz*");
	EQ_TEXT(tokens("sluha dům"), "sluha dum*");
	EQ_TEXT(tokens("azyl domy"), "azyl domy*");
}

TEST("search: numbers stay whole and are prefixes") {
	EQ_TEXT(tokens("70888744 dům"), "70888744* dum*");
	EQ_TEXT(tokens("12 46001"), "12* 46001*");
	EQ_TEXT(tokens("covid19 dům"), "covid19 dum*");
	EQ_TEXT(tokens("zakazka12 dům"), "zakazka* dum*");
}

TEST("search: signs only part words, whatever an engine would read in them") {
	EQ_TEXT(tokens("\"dům\" -u* (řeky) NEAR/2 a AND b OR NOT c:d ^e"), "dum u reky near 2* a and b* …");
	EQ_TEXT(tokens("o'hara'; DROP--"), "o hara drop*");
	EQ_TEXT(tokens("a\\b:*|!&<->"), "a b*");
	EQ_TEXT(tokens("§ 44 – péče"), "44* pece*");
}

TEST("search: a query of signs, blanks or nothing has no words and leaves nothing out") {
	EQ_TEXT(tokens(""), "");
	EQ_TEXT(tokens("  \"\" * ( ) -- 🏠👵 "), "");
	EQ_TEXT(tokens("привет"), "");
}

TEST("search: the ninth word and the 201st character are left out, and that is said") {
	EQ_TEXT(tokens("a b c d e f g h"), "a b c d e f g h*");
	EQ_TEXT(tokens("a b c d e f g h i"), "a b c d e f g h* …");
	char query[504] = {0};
	memset(query, 'a', 200);
	EQ_INT(search_tokens(t_arena, str_c(query)).at[0].text.len, 198);
	EXPECT(!search_tokens(t_arena, str_c(query)).cut);
	query[200] = ' ';
	EXPECT(!search_tokens(t_arena, str_c(query)).cut);
	memset(query, 'a', 500);
	SearchTokens t = search_tokens(t_arena, str_c(query));
	EQ_INT(t.at[0].text.len, 198);
	EXPECT(t.cut);
}

TEST("search: characters are counted, not bytes, and none is cut in half") {
	Str  s = {0};
	for (int i = 0; i < 199; i++)
		s = str_cat(t_arena, s, S("ř "));
	SearchTokens t = search_tokens(t_arena, s);
	EXPECT(t.cut);
	EQ_INT(t.len, 8);
	Str wide = {0};
	for (int i = 0; i < 200; i++)
		wide = str_cat(t_arena, wide, S("ř"));
	t = search_tokens(t_arena, wide);
	EXPECT(!t.cut);
	EQ_INT(t.at[0].text.len, 198);
}

TEST("search: broken UTF-8 does no harm") {
	EQ_TEXT(tokens("d\xC5m \xFF\xFE u"), "d m u*");
}

TEST("search: a text matches when every word of the query is found in it, in any order") {
	EXPECT(matches("dum reky", "Domov U Řeky, Dům s pečovatelskou službou"));
	EXPECT(matches("řeky DŮM", "Domov U Řeky, Dům s pečovatelskou službou"));
	EXPECT(!matches("dum more", "Domov U Řeky, Dům s pečovatelskou službou"));
	EXPECT(!matches("dum", "Nedum"));
}

TEST("search: only the last word and long words may be beginnings") {
	EXPECT(matches("domo", "Domov"));
	EXPECT(!matches("domo rek", "Domov U Řeky"));
	EXPECT(matches("domov rek", "Domov U Řeky"));
	EXPECT(matches("pečovatelské u", "Pečovatelská služba, Ústí"));
	EXPECT(matches("seniorům", "Domov pro seniory"));
	EXPECT(matches("7088", "IČO 70888744"));
	EXPECT(!matches("0888", "IČO 70888744"));
}

TEST("search: a query without words asks for nothing, so every text matches") {
	EXPECT(matches("***", "Domov"));
	EXPECT(matches("", ""));
	EXPECT(!matches("a", ""));
}

/* ---- what the index keeps ---- */

TEST("search: the index keeps folded words between single spaces") {
	EQ_TEXT(search_words(t_arena, S("  Domov „U Řeky“, p. o. – IČO 708 88 744!\n")), "domov u reky p o ico 708 88 744");
	EQ_TEXT(search_words(t_arena, S("…🏠")), "");
	EQ_TEXT(search_words(t_arena, S("")), "");
}

TEST("search: endless texts and endless words are cut, and what was kept is still whole") {
	Str long_word = str_of(memset(NEW_ARRAY(t_arena, char, 3000), 'a', 3000), 3000);
	EQ_INT(search_words(t_arena, long_word).len, 1000);
	CLEANUP(buf_free) Buf b = {0};
	for (int i = 0; i < 200000; i++)
		buf_lit(&b, "senior ");
	Str words = search_words(t_arena, buf_view(&b));
	EXPECT(words.len <= 500000 && words.len > 499900);
	EXPECT(str_ends(words, S(" senior")));
}
