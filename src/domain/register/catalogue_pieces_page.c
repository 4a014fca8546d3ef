/* catalogue_pieces_page.c: small pieces of text that several pages of the catalogue print. */
#include "base/text.h"
#include "domain/register/catalogue_views_page.h"

enum { NAMED_PLACES = 2 };

/* ---- what was searched for ---- */

static bool is_plain(u8 c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Whether a word may be what one of the tokens asks for: as far as its letters are plain. A letter with a mark is told by folding only. */
static bool may_be_token(Str word, const SearchTokens *t) {
	for (size_t i = 0; i < t->len; i++) {
		Str    token = t->at[i].text;
		size_t n = 0;
		for (u8 c = 0; n < token.len && n < word.len; n++) {
			c = (u8)word.ptr[n];
			if (c >= 0x80)
				return true;
			if ((c >= 'A' && c <= 'Z' ? (u8)(c + 0x20) : c) != (u8)token.ptr[n])
				break;
		}
		if (n == token.len)
			return true;
	}
	return false;
}

/* Most texts hold no word that looks like any of the tokens: told without folding. Where that cannot be told, they may. */
static bool may_hit(Str text, const SearchTokens *t) {
	bool inside = false;                         /* a word */
	for (size_t i = 0; i < text.len; i++) {
		u8 c = (u8)text.ptr[i];
		if (c == 0xC2 && i + 1 < text.len && (u8)text.ptr[i + 1] == 0xA0) {
			inside = false;                      /* a hard blank */
			i++;
		} else if (c >= 0xC3 && c <= 0xC5 && inside) {
			i++;                                 /* a letter with a mark in the middle of a word */
		} else if (c >= 0x80 || (!inside && may_be_token(str_from(text, i), t))) {
			return true;
		} else {
			inside = is_plain(c);
		}
	}
	return false;
}

static bool is_hit(Arena *a, Str text, const SearchTokens *t) {
	if (!may_hit(text, t))
		return false;
	Str words = search_words(a, text);
	while (words.len) {
		Str word = str_cut(&words, ' ');
		for (size_t i = 0; i < t->len; i++)
			if (t->at[i].prefix ? str_starts(word, t->at[i].text) : str_eq(word, t->at[i].text))
				return true;
	}
	return false;
}

void view_catalogue_marked(Out *out, Str text, const SearchTokens *tokens, Arena *a) {
	size_t said = 0;                             /* bytes of the text that are out */
	bool   any = tokens && tokens->len && may_hit(text, tokens);
	for (size_t from = 0; any && from < text.len;) {
		Str rest = str_from(text, from), piece = str_cut(&rest, ' ');
		if (is_hit(a, piece, tokens)) {
			html_escape(out, str_of(text.ptr + said, from - said));
			buf_lit(out, "<mark>");
			html_escape(out, piece);
			buf_lit(out, "</mark>");
			said = from + piece.len;
		}
		from += piece.len + 1;
	}
	html_escape(out, str_from(text, said));
}

/* ---- cells ---- */

static void nothing(Out *out) {
	buf_lit(out, "<span class=\"nil\">neuvedeno</span>");
}

void view_catalogue_forms(Out *out, const Catalogue *k, const CatalogueService *s) {
	bool any = false;
	for (size_t i = 0; i < k->facets[CAT_FORM].len && i < 8 * sizeof s->forms; i++) {
		if (!(s->forms >> i & 1))
			continue;
		if (any)
			buf_lit(out, ", ");
		html_escape(out, any ? k->facets[CAT_FORM].at[i].plain : k->facets[CAT_FORM].at[i].name);
		any = true;
	}
	if (!any)
		nothing(out);
}

static void put_secret(Out *out, const Catalogue *k, const CatalogueService *s) {
	buf_lit(out, "utajená adresa");
	if (s->secret_district == CAT_NOWHERE)
		return;
	buf_lit(out, " (území ");
	html_escape(out, k->facets[CAT_DISTRICT].at[s->secret_district].name);
	if (s->more_secret)
		buf_lit(out, " a další");
	buf_char(out, ')');
}

void view_catalogue_places(Out *out, const Catalogue *k, const CatalogueService *s, const SearchTokens *tokens, Arena *a) {
	const u32 *places = k->place_of + s->places;
	u32        named = s->place_count <= NAMED_PLACES + 1 ? s->place_count : NAMED_PLACES;
	for (u32 i = 0; i < named; i++) {
		if (i)
			buf_lit(out, ", ");
		view_catalogue_marked(out, k->facets[CAT_PLACE].at[places[i]].name, tokens, a);
	}
	if (named < s->place_count) {
		buf_lit(out, " a\xC2\xA0");
		fmt_count(out, s->place_count - named, "další obec", "další obce", "dalších obcí");
	}
	if (s->has_secret) {
		if (named)
			buf_lit(out, ", ");
		put_secret(out, k, s);
	} else if (!named) {
		nothing(out);
	}
}

static const struct { const char *code, *one, *few, *many; } units[] = {
	{"luzka", "lůžko", "lůžka", "lůžek"},          {"klient", "klient", "klienti", "klientů"},
	{"kontakt", "kontakt", "kontakty", "kontaktů"}, {"interv", "intervence", "intervence", "intervencí"},
	{"hovor", "hovor", "hovory", "hovorů"},
};

/* A type that a region has added is told by its name. */
static void put_capacity(Buf *b, const CatalogueValue *type, i64 count) {
	for (size_t i = 0; i < LEN(units); i++)
		if (str_eq(type->code, str_c(units[i].code))) {
			fmt_count(b, count, units[i].one, units[i].few, units[i].many);
			return;
		}
	buf_str(b, type->plain);
	buf_lit(b, ": ");
	fmt_int(b, count);
}

Str catalogue_capacity_text(Arena *a, const CatalogueValue *type, i64 count) {
	CLEANUP(buf_free) Buf b = {0};
	put_capacity(&b, type, count);
	return buf_take(&b, a);
}

void view_catalogue_capacity(Out *out, const Catalogue *k, const CatalogueService *s) {
	for (u32 i = 0; i < s->capacity_count; i++) {
		const CatalogueCapacity *sum = &k->capacities[s->capacities + i];
		if (i)
			buf_lit(out, ", ");
		put_capacity(out, &k->capacity_types.at[sum->type], sum->count);
	}
	if (s->capacity_count == 0)
		nothing(out);
}

/* ---- addresses ---- */

Str catalogue_service_href(Arena *a, Id id, Str name) {
	Str slug = text_slug(a, name);
	return str_format(a, "/katalog/sluzba/%lld%s%.*s", (long long)id, slug.len ? "-" : "", STR_ARG(slug));
}

Str catalogue_provider_href(Arena *a, Id id, Str ico) {
	if (ico_valid(ico))
		return str_format(a, "/katalog/poskytovatel/%.*s", STR_ARG(ico));
	return str_format(a, "/katalog/poskytovatel/id-%lld", (long long)id);
}

Str catalogue_found(Arena *a, i64 n) {
	CLEANUP(buf_free) Buf b = {0};
	buf_str(&b, plural(n, "Nalezena ", "Nalezeny ", "Nalezeno "));
	fmt_count(&b, n, "služba", "služby", "služeb");
	return buf_take(&b, a);
}
