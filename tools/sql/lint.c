/* lint.c: the portable subset of SQL. Each refusal names what to write instead. */
#include "tools/sql/sql.h"

/* Words in a row, in small letters; a trailing "(" means: only as a function. `always` holds even in a text for one engine. */
static const struct {
	const char *words;
	bool        always;
	const char *remedy;
} forbidden[] = {
	{"now (", true, "time is a parameter: pass the instant as $n"},
	{"current_date", true, "time is a parameter: pass today as $n"},
	{"current_time", true, "time is a parameter: pass the instant as $n"},
	{"current_timestamp", true, "time is a parameter: pass the instant as $n"},
	{"localtime", true, "time is a parameter: pass the instant as $n"},
	{"localtimestamp", true, "time is a parameter: pass the instant as $n"},
	{"clock_timestamp (", true, "time is a parameter: pass the instant as $n"},
	{"strftime (", true, "dates are ISO text: compute with them in C"},
	{"julianday (", true, "dates are ISO text: compute with them in C"},
	{"datetime (", true, "dates are ISO text: compute with them in C"},
	{"date (", true, "dates are ISO text: compute with them in C"},
	{"to_char (", true, "format in C"},
	{"to_date (", true, "dates are ISO text: compute with them in C"},
	{"date_trunc (", true, "dates are ISO text: compute with them in C"},
	{"extract (", true, "dates are ISO text: compute with them in C"},
	{"interval", true, "dates are ISO text: compute with them in C"},
	{"random (", true, "the same work gives the same result: choose in C"},
	{"avg (", true, "read CAST(SUM(x) AS BIGINT) and COUNT(x), divide in C"},
	{"round (", true, "round integers in C"},
	{"lower (", true, "case is folded in C: compare the folded column"},
	{"upper (", true, "case is folded in C: compare the folded column"},
	{"ilike", true, "use LIKE on the folded column"},
	{"collate", true, "text compares bytewise; Czech order is ORDER BY name_sort"},
	{"for update", true, "the store locks: a write transaction is alone"},
	{"for share", true, "the store locks: a write transaction is alone"},
	{"for no", true, "the store locks: a write transaction is alone"},
	{"insert or", true, "write ON CONFLICT … DO UPDATE SET x = excluded.x"},
	{"replace into", true, "write ON CONFLICT … DO UPDATE SET x = excluded.x"},
	{"user", true, "on PostgreSQL it is the database role; call it account"},
	{"current_user", true, "accounts are rows of ours"},
	{"pragma", false, "settings of the engine live in db/"},
	{"rowid", false, "every table has its id"},
	{"oid", false, "every table has its id"},
	{"glob", false, "use LIKE on the folded column"},
	{"regexp", false, "match in C, or LIKE on the folded column"},
	{"similar to", false, "match in C, or LIKE on the folded column"},
	{"match", false, "search has two texts: add \"-- postgres:\""},
	{"to_tsquery (", false, "search has two texts: the one for PostgreSQL follows \"-- postgres:\""},
	{"ifnull (", false, "write COALESCE"},
	{"nvl (", false, "write COALESCE"},
	{"iif (", false, "write CASE WHEN … THEN … ELSE … END"},
	{"group_concat (", false, "write string_agg"},
	{"array_agg (", false, "write string_agg, or read the rows"},
	{"generate_series (", false, "count in C, or WITH RECURSIVE"},
	{"json_extract (", false, "write ->>, or parse in C"},
	{"json_each (", false, "parse in C"},
	{"true", false, "booleans are integers: 1"},
	{"false", false, "booleans are integers: 0"},
	{"as integer", false, "32 bits on PostgreSQL; write AS BIGINT"},
	{"as int", false, "32 bits on PostgreSQL; write AS BIGINT"},
	{"as varchar", false, "write AS TEXT"},
	{"as numeric", false, "amounts are integers: AS BIGINT"},
	{"as real", false, "amounts are integers: AS BIGINT"},
	{"lateral", false, "SQLite has none: write a join or a window"},
	{"distinct on", false, "SQLite has none: write a window function"},
	{"truncate", false, "write DELETE FROM"},
};

static bool matches(const Tokens *t, size_t at, const char *words) {
	char word[32];
	for (; *words; at++) {
		size_t n = strcspn(words, " ");
		CHECK(n < sizeof word);
		memcpy(word, words, n);
		word[n] = '\0';
		if (at >= t->len || !token_is(&t->at[at], word))
			return false;
		words += words[n] ? n + 1 : n;
	}
	return true;
}

static bool sign_at(const Tokens *t, size_t at, const char *sign) {
	return at < t->len && t->at[at].kind == T_SIGN && token_is(&t->at[at], sign);
}

/* "n.date" and "date AS x" are columns; a word is judged where it can be a word of SQL. */
static bool is_column(const Tokens *t, size_t at) {
	return at > 0 && sign_at(t, at - 1, ".");
}

static void lint_words(Problems *p, const Tokens *t, bool one_engine) {
	for (size_t i = 0; i < t->len; i++) {
		if (t->at[i].kind != T_WORD || is_column(t, i))
			continue;
		for (size_t k = 0; k < LEN(forbidden); k++)
			if ((forbidden[k].always || !one_engine) && matches(t, i, forbidden[k].words))
				problem(p, t->at[i].line, "%s: %s", forbidden[k].words, forbidden[k].remedy);
	}
}

/* ---- signs and quotes ---- */

static void lint_signs(Problems *p, const Tokens *t, bool one_engine) {
	for (size_t i = 0; i < t->len; i++) {
		const Token *k = &t->at[i];
		if (k->kind == T_QUOTED)
			problem(p, k->line, "%.*s: names stand without quotes, text stands in 'apostrophes'", STR_ARG(k->text));
		else if (sign_at(t, i, ";"))
			problem(p, k->line, "; in the middle: a statement stands alone, give the next one its own name");
		else if (one_engine)
			continue;
		else if (sign_at(t, i, "::"))
			problem(p, k->line, ":: becomes a part of the parameter's name on SQLite; write CAST($1 AS TEXT)");
		else if (sign_at(t, i, "=="))
			problem(p, k->line, "==: write =");
		else if (sign_at(t, i, "->"))
			problem(p, k->line, "->: write ->>, or parse in C");
	}
}

/* ---- parameters ---- */

static i64 lint_parameters(Problems *p, const Text *text) {
	const Tokens *t = &text->tokens;
	bool seen[1000] = {0};
	i64 max = 0;
	for (size_t i = 0; i < t->len; i++) {
		i64 n;
		if (t->at[i].kind != T_PARAM)
			continue;
		if (t->at[i].text.ptr[0] != '$' || !str_to_int(str_from(t->at[i].text, 1), &n) || n < 1 || n >= (i64)LEN(seen)) {
			problem(p, t->at[i].line, "%.*s: parameters are $1, $2 …", STR_ARG(t->at[i].text));
			continue;
		}
		seen[n] = true;
		max = n > max ? n : max;
	}
	for (i64 n = 1; n <= max; n++)
		if (!seen[n])
			problem(p, text->line, "$%lld is used but $%lld is not: number parameters without a gap", (long long)max, (long long)n);
	return max;
}

/* ---- functions that need company ---- */

/* Sums of BIGINT are numeric on PostgreSQL; max(a, b) of SQLite is another function than max(a). */
static void lint_calls(Problems *p, const Tokens *t) {
	struct { bool is_max, is_cast; int line; } open[64];
	size_t depth = 0;
	for (size_t i = 0; i < t->len; i++) {
		if (sign_at(t, i, "(") && depth < LEN(open)) {
			open[depth].is_max = i > 0 && !is_column(t, i - 1) && (token_is(&t->at[i - 1], "max") || token_is(&t->at[i - 1], "min"));
			open[depth].is_cast = i > 0 && token_is(&t->at[i - 1], "cast");
			open[depth++].line = t->at[i].line;
		} else if (sign_at(t, i, ")") && depth > 0) {
			depth--;
		} else if (sign_at(t, i, ",") && depth > 0 && open[depth - 1].is_max) {
			problem(p, open[depth - 1].line, "max and min of two: write greatest and least");
			open[depth - 1].is_max = false;
		} else if (matches(t, i, "sum (") && !is_column(t, i)) {
			bool cast = false;
			for (size_t k = 0; k < depth; k++)
				cast |= open[k].is_cast;
			if (!cast)
				problem(p, t->at[i].line, "sum: write CAST(SUM(x) AS BIGINT), it is numeric on PostgreSQL");
		}
	}
}

/* ---- words of SQL as names ---- */

static bool is_value_word(const Token *t) {
	return token_is(t, "null") || token_is(t, "default") || token_is(t, "true") || token_is(t, "false");
}

static bool used_as_name(const Tokens *t, size_t i) {
	if (i == 0 || is_value_word(&t->at[i]))
		return false;
	if (sign_at(t, i - 1, "."))
		return true;
	if (token_is(&t->at[i - 1], "as"))
		return !token_is(&t->at[i], "not");
	bool before = sign_at(t, i - 1, "(") || sign_at(t, i - 1, ",");
	return before && (sign_at(t, i + 1, ",") || sign_at(t, i + 1, ")"));
}

static void lint_names(Problems *p, const Tokens *t) {
	for (size_t i = 0; i < t->len; i++)
		if (t->at[i].kind == T_WORD && word_is_reserved(t->at[i].text) && used_as_name(t, i))
			problem(p, t->at[i].line, "%.*s is a word of SQL: choose another name (account, valid_from, position …)", STR_ARG(t->at[i].text));
}

/* ---- a statement ---- */

static void lint_text(Problems *p, const Statement *s, const Text *text) {
	if (text->tokens.len == 0)
		problem(p, s->line, "%.*s has no text", STR_ARG(s->name));
	lint_words(p, &text->tokens, s->two_texts);
	lint_signs(p, &text->tokens, s->two_texts);
	lint_calls(p, &text->tokens);
	lint_names(p, &text->tokens);
}

void lint_statement(Problems *p, const Statement *s) {
	p->path = s->path;
	if (str_empty(str_trim(s->description)))
		problem(p, s->line, "%.*s has no description; say in a comment below the name what it means and what each $n is", STR_ARG(s->name));
	lint_text(p, s, &s->text);
	i64 params = lint_parameters(p, &s->text);
	if (!s->two_texts)
		return;
	lint_text(p, s, &s->postgres);
	if (lint_parameters(p, &s->postgres) != params)
		problem(p, s->line, "%.*s: both texts take the same parameters", STR_ARG(s->name));
}
