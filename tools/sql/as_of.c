/* as_of.c: what was known at an instant is asked by both columns. Forgetting one of them shows rows that were corrected since,
 * and no test data notices; so the build does. */
#include "tools/sql/sql.h"

static bool is_dated(const Token *t, Strs dated) {
	for (size_t i = 0; i < dated.len; i++)
		if (t->kind == T_WORD && str_eq(t->text, dated.at[i]))
			return true;
	return false;
}

static bool word_at(const Tokens *t, size_t i, const char *word) {
	return i < t->len && token_is(&t->at[i], word);
}

/* From the word FROM on, a comma at the same depth stands before the next table. */
static bool in_from_list(const Tokens *t, size_t i) {
	static const char *const ends[] = {"select", "where", "group", "order", "having", "limit", "on", "set", "values", "into"};
	int depth = 0;
	while (i-- > 0) {
		if (word_at(t, i, ")"))
			depth++;
		else if (word_at(t, i, "(") && depth-- == 0)
			return false;
		if (depth > 0)
			continue;
		if (word_at(t, i, "from") || word_at(t, i, "join"))
			return true;
		for (size_t k = 0; k < LEN(ends); k++)
			if (word_at(t, i, ends[k]))
				return false;
	}
	return false;
}

static bool is_read(const Tokens *t, size_t i) {
	if (i == 0)
		return false;
	if (word_at(t, i - 1, "from"))
		return i < 2 || !word_at(t, i - 2, "delete");
	return word_at(t, i - 1, "join") || (word_at(t, i - 1, ",") && in_from_list(t, i));
}

static Str alias_of(const Tokens *t, size_t i) {
	size_t at = word_at(t, i + 1, "as") ? i + 2 : i + 1;
	if (at < t->len && t->at[at].kind == T_WORD && !word_is_reserved(t->at[at].text))
		return t->at[at].text;
	return t->at[i].text;
}

static bool is_compared(const Tokens *t, size_t i) {
	static const char *const signs[] = {"<", "<=", ">", ">=", "=", "is", "between"};
	for (size_t k = 0; k < LEN(signs); k++)
		if (word_at(t, i + 1, signs[k]))
			return true;
	return false;
}

/* How often alias.column, or column alone, is compared with something. */
static int comparisons(const Tokens *t, Str alias, const char *column) {
	int n = 0;
	for (size_t i = 0; i < t->len; i++) {
		if (!word_at(t, i, column) || !is_compared(t, i))
			continue;
		bool alone = i == 0 || !word_at(t, i - 1, ".");
		if (alone || (i >= 2 && str_eq(t->at[i - 2].text, alias)))
			n++;
	}
	return n;
}

static int reads(const Tokens *t, Strs dated, Str alias) {
	int n = 0;
	for (size_t i = 0; i < t->len; i++)
		if (is_dated(&t->at[i], dated) && is_read(t, i) && str_eq(alias_of(t, i), alias))
			n++;
	return n;
}

static void lint_tokens(Problems *p, const Tokens *t, Strs dated) {
	for (size_t i = 0; i < t->len; i++) {
		if (!is_dated(&t->at[i], dated) || !is_read(t, i))
			continue;
		Str alias = alias_of(t, i);
		int wanted = reads(t, dated, alias);
		if (comparisons(t, alias, "recorded_from") < wanted || comparisons(t, alias, "recorded_to") < wanted)
			problem(p, t->at[i].line, "%.*s is dated: add %.*s.recorded_from <= $n AND (%.*s.recorded_to IS NULL OR %.*s.recorded_to > $n), "
				"or a line \"-- all versions: why\"", STR_ARG(t->at[i].text), STR_ARG(alias), STR_ARG(alias), STR_ARG(alias));
	}
}

void lint_as_of(Problems *p, const Statement *s, Strs dated) {
	p->path = s->path;
	if (s->all_versions)
		return;
	lint_tokens(p, &s->text.tokens, dated);
	if (s->two_texts)
		lint_tokens(p, &s->postgres.tokens, dated);
}
