/* schema.c: migrations are written once for both engines. */
#include "tools/sql/sql.h"

static const struct {
	const char *word, *remedy;
} forbidden_ddl[] = {
	{"strict", "tables of SQLite become STRICT by themselves"},
	{"without", "every table has its id; WITHOUT ROWID is not needed"},
	{"autoincrement", "ids come from the counter of the store: $ID"},
	{"generated", "values are computed in C"},
	{"collate", "text compares bytewise; Czech order is a stored key, name_sort $BYTES"},
	{"current_timestamp", "time is written by the program"},
	{"current_date", "time is written by the program"},
	{"pragma", "settings of the engine live in db/"},
	{"trigger", "put it between \"-- only sqlite\" or \"-- only postgres\" and \"-- both\""},
	{"function", "put it between \"-- only postgres\" and \"-- both\""},
	{"virtual", "put it between \"-- only sqlite\" and \"-- both\""},
	{"view", "name the statement in a .sql file instead"},
	{"begin", "each migration is a transaction already"},
	{"commit", "each migration is a transaction already"},
	{"now", "time is written by the program"},
	{"lower", "case is folded in C: store the folded text"},
	{"upper", "case is folded in C: store the folded text"},
	{"true", "booleans are $INT CHECK (x IN (0, 1))"},
	{"false", "booleans are $INT CHECK (x IN (0, 1))"},
	{"ilike", "use LIKE on the folded column"},
};

static Str portable_part(Arena *a, Str content) {
	CLEANUP(buf_free) Buf out = {0};
	bool both = true;
	while (!str_empty(content)) {
		Str line = str_cut(&content, '\n'), mark = str_trim(line);
		if (str_starts(mark, S("-- only ")))
			both = false;
		else if (str_eq(mark, S("-- both")))
			both = true;
		else if (both)
			buf_str(&out, line);
		buf_char(&out, '\n');
	}
	return str_dup(a, buf_view(&out));
}

static void lint_marks(Problems *p, Str content) {
	bool open = false;
	for (int number = 1; !str_empty(content); number++) {
		Str mark = str_trim(str_cut(&content, '\n'));
		if (str_eq(mark, S("-- both")))
			open = false;
		else if (str_eq(mark, S("-- only sqlite")) || str_eq(mark, S("-- only postgres")))
			open = true;
		else if (str_starts(mark, S("-- only")))
			problem(p, number, "\"%.*s\": write \"-- only sqlite\" or \"-- only postgres\"", STR_ARG(mark));
	}
	if (open)
		problem(p, 1, "a part for one engine does not end; write \"-- both\" after it");
}

static void lint_ddl(Problems *p, const Tokens *t) {
	for (size_t i = 0; i < t->len; i++) {
		for (size_t k = 0; k < LEN(forbidden_ddl); k++)
			if (t->at[i].kind == T_WORD && token_is(&t->at[i], forbidden_ddl[k].word))
				problem(p, t->at[i].line, "%s: %s", forbidden_ddl[k].word, forbidden_ddl[k].remedy);
		if (t->at[i].kind == T_QUOTED)
			problem(p, t->at[i].line, "%.*s: names stand without quotes, text stands in 'apostrophes'", STR_ARG(t->at[i].text));
		if (t->at[i].kind == T_SIGN && token_is(&t->at[i], "::"))
			problem(p, t->at[i].line, "::: write CAST(x AS TEXT)");
	}
}

static bool is_type(const Token *t) {
	return t->kind == T_PARAM && (str_eq(t->text, S("$ID")) || str_eq(t->text, S("$INT")) || str_eq(t->text, S("$TEXT"))
		|| str_eq(t->text, S("$BYTES")));
}

static bool is_constraint(const Token *t) {
	static const char *const words[] = {"primary", "unique", "check", "foreign", "constraint"};
	for (size_t i = 0; i < LEN(words); i++)
		if (token_is(t, words[i]))
			return true;
	return false;
}

static void lint_name(Problems *p, const Token *t) {
	if (t->kind == T_WORD && word_is_reserved(t->text))
		problem(p, t->line, "%.*s is a word of SQL: choose another name (account, valid_from, position …)", STR_ARG(t->text));
}

static void lint_column(Problems *p, const Tokens *t, size_t i) {
	lint_name(p, &t->at[i]);
	if (i + 1 < t->len && !is_type(&t->at[i + 1]))
		problem(p, t->at[i].line, "%.*s %.*s: a column is $ID, $INT, $TEXT or $BYTES", STR_ARG(t->at[i].text), STR_ARG(t->at[i + 1].text));
}

/* From the name of the table on; returns where it ends. */
static size_t lint_table(Problems *p, const Tokens *t, size_t i, Strs *dated) {
	Str table = t->at[i].text;
	lint_name(p, &t->at[i]);
	if (i + 1 >= t->len || !token_is(&t->at[i + 1], "(")) {
		problem(p, t->at[i].line, "%.*s: list the columns, CREATE TABLE … AS has no types", STR_ARG(table));
		return i;
	}
	int depth = 0;
	for (i++; i < t->len; i++) {
		bool opens = token_is(&t->at[i], "("), begins = (opens && depth == 0) || (depth == 1 && token_is(&t->at[i], ","));
		depth += opens ? 1 : token_is(&t->at[i], ")") ? -1 : 0;
		if (depth == 0)
			break;
		if (!begins || i + 1 >= t->len || is_constraint(&t->at[i + 1]))
			continue;
		lint_column(p, t, i + 1);
		if (token_is(&t->at[i + 1], "recorded_from"))
			strs_add(p->arena, dated, table);
	}
	return i;
}

static void lint_tables(Problems *p, const Tokens *t, Strs *dated) {
	for (size_t i = 0; i + 2 < t->len; i++) {
		if (!token_is(&t->at[i], "create") || !token_is(&t->at[i + 1], "table"))
			continue;
		i += 2;
		if (token_is(&t->at[i], "if"))
			problem(p, t->at[i].line, "if not exists: a migration runs once");
		else
			i = lint_table(p, t, i, dated);
	}
}

static void lint_added_columns(Problems *p, const Tokens *t) {
	for (size_t i = 0; i + 2 < t->len; i++)
		if (token_is(&t->at[i], "add") && token_is(&t->at[i + 1], "column"))
			lint_column(p, t, i + 2);
}

void lint_schema(Problems *p, const char *path, Str content, Strs *dated) {
	p->path = path;
	lint_marks(p, content);
	Tokens t = sql_tokens(p, portable_part(p->arena, content), 1);
	lint_ddl(p, &t);
	lint_tables(p, &t, dated);
	lint_added_columns(p, &t);
	if (t.len && !token_is(&t.at[t.len - 1], ";"))
		problem(p, t.at[t.len - 1].line, "the last statement has no ;");
}
