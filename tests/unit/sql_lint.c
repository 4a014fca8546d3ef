/* The judge of SQL at build. */
#include "tests/test.h"
#include "tools/sql/sql.h"

static Problems judge_file(const char *content, Statements *list) {
	Problems p = {.arena = t_arena};
	sql_read(&p, "a.sql", str_c(content), list);
	return p;
}

static Str problems_of(Problems *p) {
	Str s = buf_take(&p->text, t_arena);
	buf_free(&p->text);
	return s;
}

/* What the lint says about one statement with this text. */
static Str judged(const char *text) {
	Statements list = {0};
	Problems p = judge_file(str_z(t_arena, str_format(t_arena, "-- name: x\n-- Means something.\n%s\n", text)), &list);
	return problems_of(&p);
}

static Str judged_schema(const char *text) {
	Problems p = {.arena = t_arena};
	Strs dated = {0};
	lint_schema(&p, "schema/0001_a.sql", str_c(text), &dated);
	return problems_of(&p);
}

static Str judged_as_of(const char *text) {
	Problems p = {.arena = t_arena};
	Strs dated = {0};
	lint_schema(&p, "schema/0001_a.sql", S("CREATE TABLE line (id $ID, recorded_from $TEXT, recorded_to $TEXT);\nCREATE TABLE plain (id $ID);\n"), &dated);
	Statements list = {0};
	sql_read(&p, "a.sql", str_format(t_arena, "-- name: x\n-- Means something.\n%s\n", text), &list);
	lint_as_of(&p, &list.at[0], dated);
	return problems_of(&p);
}

#define REFUSES(got, words) test_has(__FILE__, __LINE__, (got), (words))
static void test_has(const char *file, int line, Str got, const char *words) {
	if (!str_has(got, str_c(words)))
		test_fail(file, line, "\"%s\" is not in \"%.*s\"", words, STR_ARG(got));
}

/* ---- reading ---- */

TEST("sql: statements, descriptions and second texts are read; the semicolon at the end goes") {
	Statements list = {0};
	Problems p = judge_file("-- A file.\n\n-- name: first_one\n-- Gives $1.\n-- Second line.\nSELECT CAST($1 AS TEXT);\n\n"
		"-- name: second_one\n-- Gives two.\nSELECT 'it''s; -- text' -- a comment\n-- postgres:\nSELECT 2\n", &list);
	EQ_TEXT(problems_of(&p), "");
	EQ_INT(list.len, 2);
	EQ_TEXT(list.at[0].name, "first_one");
	EQ_TEXT(list.at[0].description, "Gives $1.\nSecond line.\n");
	EQ_TEXT(list.at[0].text.sql, "SELECT CAST($1 AS TEXT)");
	EXPECT(!list.at[0].two_texts);
	EXPECT(list.at[1].two_texts);
	EQ_TEXT(sql_clean(t_arena, list.at[1].text.sql), "SELECT 'it''s; -- text'\n");
	EQ_TEXT(list.at[1].postgres.sql, "SELECT 2");
}

TEST("sql: a problem names file and line") {
	REFUSES(judged("SELECT id\n  FROM a\n WHERE day < CURRENT_DATE"), "a.sql:5: current_date");
}

TEST("sql: a statement without name, description or text is refused, and so is a wrong name") {
	Statements list = {0};
	Problems p = judge_file("SELECT 1\n", &list);
	REFUSES(problems_of(&p), "without a name");
	p = judge_file("-- name: x\nSELECT 1\n", &list);
	REFUSES(problems_of(&p), "x has no description");
	p = judge_file("-- name: x\n-- Means something.\n", &list);
	REFUSES(problems_of(&p), "x has no text");
	p = judge_file("-- name: District-List\n-- Means something.\nSELECT 1\n", &list);
	REFUSES(problems_of(&p), "is no name");
	p = judge_file("-- name: x\n-- postgres:\n-- Means something.\nSELECT 1\n", &list);
	REFUSES(problems_of(&p), "belongs after the first text");
}

TEST("sql: the example of the style guide passes") {
	EQ_TEXT(judged("SELECT d.id, d.name, CAST(COALESCE(SUM(n.capacity), 0) AS BIGINT) AS capacity\n"
		"  FROM district d\n  LEFT JOIN network_line_district n ON n.district_id = d.id AND n.unit = $1\n"
		"   AND n.valid_from    <= $2 AND (n.valid_to    IS NULL OR n.valid_to    >= $2)\n"
		"   AND n.recorded_from <= $3 AND (n.recorded_to IS NULL OR n.recorded_to >  $3)\n"
		" GROUP BY d.id, d.name, d.name_sort\n ORDER BY d.name_sort"), "");
}

/* ---- the portable subset ---- */

TEST("sql: each word outside the portable subset is refused with what to write instead") {
	static const struct {
		const char *text, *says;
	} cases[] = {
		{"SELECT id FROM a WHERE at < now()", "pass the instant"},
		{"SELECT CURRENT_TIMESTAMP", "pass the instant"},
		{"SELECT strftime('%Y', day) FROM a", "compute with them in C"},
		{"SELECT to_char(day) FROM a", "format in C"},
		{"SELECT EXTRACT(YEAR FROM day) FROM a", "compute with them in C"},
		{"SELECT id FROM a WHERE name ILIKE $1", "LIKE on the folded column"},
		{"SELECT id FROM a WHERE lower(name) = $1", "folded in C"},
		{"SELECT id FROM a ORDER BY name COLLATE NOCASE", "name_sort"},
		{"SELECT rowid FROM a", "every table has its id"},
		{"SELECT id FROM a FOR UPDATE", "the store locks"},
		{"INSERT OR REPLACE INTO a (id) VALUES ($1)", "ON CONFLICT"},
		{"REPLACE INTO a (id) VALUES ($1)", "ON CONFLICT"},
		{"SELECT ifnull(a.x, 0) FROM a", "COALESCE"},
		{"SELECT iif(a.x > 0, 1, 0) FROM a", "CASE WHEN"},
		{"SELECT group_concat(a.x) FROM a", "string_agg"},
		{"SELECT avg(a.x) FROM a", "divide in C"},
		{"SELECT round(a.x) FROM a", "round integers in C"},
		{"SELECT random()", "choose in C"},
		{"SELECT id FROM a WHERE a.x = TRUE", "booleans are integers"},
		{"SELECT CAST($1 AS INTEGER)", "AS BIGINT"},
		{"SELECT user FROM a", "account"},
		{"SELECT json_extract(a.x, '$.y') FROM a", "->>"},
		{"SELECT id FROM a WHERE doc MATCH $1", "search has two texts"},
		{"SELECT id FROM a, LATERAL (SELECT 1) b", "SQLite has none"},
	};
	for (size_t i = 0; i < LEN(cases); i++)
		REFUSES(judged(cases[i].text), cases[i].says);
}

TEST("sql: words inside text, comments and names of columns are not judged") {
	EQ_TEXT(judged("SELECT 'now() COLLATE ::', a.date, a.user_name, a.rowid_old -- CURRENT_DATE\n  FROM a /* ILIKE */"), "");
	EQ_TEXT(judged("SELECT replace(a.name, 'x', 'y'), a.date AS since FROM a"), "");
}

TEST("sql: casts by ::, == , quoted names and foreign parameters are refused") {
	REFUSES(judged("SELECT $1::text"), "CAST($1 AS TEXT)");
	REFUSES(judged("SELECT id FROM a WHERE x == $1"), "write =");
	REFUSES(judged("SELECT id FROM a WHERE x = \"text\""), "'apostrophes'");
	REFUSES(judged("SELECT [id] FROM a"), "without quotes");
	REFUSES(judged("SELECT id FROM a WHERE x = ?"), "parameters are $1");
	REFUSES(judged("SELECT id FROM a WHERE x = :name"), "parameters are $1");
	REFUSES(judged("SELECT id FROM a WHERE x = $name"), "parameters are $1");
	REFUSES(judged("SELECT a.x -> 'y' FROM a"), "->>");
	EQ_TEXT(judged("SELECT a.x ->> 'y', a.b || a.c FROM a WHERE a.d <> $1"), "");
}

TEST("sql: parameters are numbered without a gap") {
	REFUSES(judged("SELECT id FROM a WHERE x = $1 AND y = $3"), "$3 is used but $2 is not");
	REFUSES(judged("SELECT id FROM a WHERE x = $2"), "$1 is not");
	EQ_TEXT(judged("SELECT id FROM a WHERE x = $2 AND y = $1 AND z = $2"), "");
}

TEST("sql: a statement stands alone") {
	REFUSES(judged("SELECT 1; SELECT 2"), "a statement stands alone");
}

TEST("sql: sums are cast, max and min have one argument") {
	REFUSES(judged("SELECT SUM(a.x) FROM a"), "CAST(SUM(x) AS BIGINT)");
	REFUSES(judged("SELECT max(a.x, a.y) FROM a"), "greatest");
	REFUSES(judged("SELECT MIN(a.x, COALESCE(a.y, 0)) FROM a"), "least");
	EQ_TEXT(judged("SELECT max(COALESCE(a.x, 0)), CAST(SUM(a.y) AS BIGINT) FROM a"), "");
	EQ_TEXT(judged("SELECT a.sum, a.max FROM a"), "");
}

TEST("sql: words of SQL are no names") {
	REFUSES(judged("SELECT a.order FROM a"), "order is a word of SQL");
	REFUSES(judged("SELECT a.x AS to FROM a"), "to is a word of SQL");
	REFUSES(judged("INSERT INTO a (id, from, x) VALUES ($1, $2, $3)"), "from is a word of SQL");
	EQ_TEXT(judged("INSERT INTO a (id, x) VALUES ($1, NULL) ON CONFLICT (id) DO UPDATE SET x = excluded.x"), "");
	EQ_TEXT(judged("WITH b AS (SELECT 1 AS n) SELECT n FROM b WHERE n IN (SELECT n FROM b)"), "");
}

TEST("sql: two texts may differ in words, not in parameters; time stays forbidden") {
	EQ_TEXT(judged("SELECT id FROM f WHERE f MATCH $1\n-- postgres:\nSELECT id FROM d WHERE v @@ to_tsquery('simple', $1)"), "");
	REFUSES(judged("SELECT id FROM f WHERE f MATCH $1\n-- postgres:\nSELECT id FROM d"), "the same parameters");
	REFUSES(judged("SELECT 1\n-- postgres:\nSELECT now()"), "pass the instant");
}

/* ---- as of ---- */

TEST("sql: a dated table is read with both columns of knowing") {
	EQ_TEXT(judged_as_of("SELECT l.id FROM line l WHERE l.recorded_from <= $1 AND (l.recorded_to IS NULL OR l.recorded_to > $1)"), "");
	EQ_TEXT(judged_as_of("SELECT id FROM line WHERE recorded_from <= $1 AND (recorded_to IS NULL OR recorded_to > $1)"), "");
	EQ_TEXT(judged_as_of("SELECT id FROM plain"), "");
	REFUSES(judged_as_of("SELECT id FROM line"), "line is dated");
	REFUSES(judged_as_of("SELECT l.id FROM line l WHERE l.recorded_from <= $1"), "l.recorded_to");
	REFUSES(judged_as_of("SELECT id FROM line WHERE recorded_to IS NULL"), "line is dated");
	REFUSES(judged_as_of("SELECT recorded_from, recorded_to FROM line"), "line is dated");
}

TEST("sql: each reading of a dated table has its own condition, in joins, lists and subqueries") {
	const char *one = "l.recorded_from <= $1 AND (l.recorded_to IS NULL OR l.recorded_to > $1)";
	REFUSES(judged_as_of(str_z(t_arena, str_format(t_arena, "SELECT 1 FROM line l JOIN line k ON k.id = l.id WHERE %s", one))), "k.recorded_from");
	REFUSES(judged_as_of(str_z(t_arena, str_format(t_arena, "SELECT 1 FROM plain p, line AS k WHERE p.id = k.id"))), "k.recorded_from");
	REFUSES(judged_as_of(str_z(t_arena, str_format(t_arena, "SELECT 1 FROM line l WHERE %s AND EXISTS (SELECT 1 FROM line l WHERE l.id = 1)", one))),
		"line is dated");
	EQ_TEXT(judged_as_of(str_z(t_arena, str_format(t_arena, "SELECT 1 FROM line l WHERE %s AND EXISTS (SELECT 1 FROM line l WHERE %s)", one, one))), "");
}

TEST("sql: writing a dated table needs no condition, and a marked statement with a reason may read all") {
	EQ_TEXT(judged_as_of("INSERT INTO line (id, recorded_from) VALUES ($1, $2)"), "");
	EQ_TEXT(judged_as_of("UPDATE line SET recorded_to = $1 WHERE id = $2 AND recorded_to IS NULL"), "");
	EQ_TEXT(judged_as_of("-- all versions: the history tab shows them\nSELECT id FROM line"), "");
	REFUSES(judged_as_of("-- all versions:\nSELECT id FROM line"), "needs a reason");
}

/* ---- schemas ---- */

TEST("sql: a schema of both engines passes") {
	EQ_TEXT(judged_schema("-- What is kept.\nCREATE TABLE a (\n\tid $ID,\n\tn $INT NOT NULL CHECK (n IN (0, 1)),\n\tb $BYTES,\n"
		"\tUNIQUE (n, b),\n\tFOREIGN KEY (n) REFERENCES c (id)\n);\nCREATE UNIQUE INDEX a_n ON a (n) WHERE n > 0;\n"
		"-- only sqlite\nCREATE VIRTUAL TABLE f USING fts5(x);\n-- only postgres\nCREATE INDEX g ON a USING gin (to_tsvector('simple', t));\n-- both\n"
		"ALTER TABLE a ADD COLUMN t $TEXT;\n"), "");
}

TEST("sql: what only one engine knows is refused in a schema") {
	REFUSES(judged_schema("CREATE TABLE a (id INTEGER PRIMARY KEY);"), "a column is $ID");
	REFUSES(judged_schema("CREATE TABLE a (id $ID, at TIMESTAMP);"), "at TIMESTAMP: a column is $ID");
	REFUSES(judged_schema("ALTER TABLE a ADD COLUMN at DATE;"), "a column is $ID");
	REFUSES(judged_schema("CREATE TABLE a (id $ID, user $INT);"), "user is a word of SQL");
	REFUSES(judged_schema("CREATE TABLE order (id $ID);"), "order is a word of SQL");
	REFUSES(judged_schema("CREATE TABLE a (id $ID) STRICT;"), "become STRICT by themselves");
	REFUSES(judged_schema("CREATE TABLE a (id $ID) WITHOUT ROWID;"), "is not needed");
	REFUSES(judged_schema("CREATE TABLE a (id $ID AUTOINCREMENT);"), "counter of the store");
	REFUSES(judged_schema("CREATE TABLE a (id $ID, t $TEXT COLLATE NOCASE);"), "bytewise");
	REFUSES(judged_schema("CREATE TABLE a (id $ID, at $TEXT DEFAULT CURRENT_TIMESTAMP);"), "written by the program");
	REFUSES(judged_schema("CREATE TABLE \"a\" (id $ID);"), "without quotes");
	REFUSES(judged_schema("CREATE TABLE a AS SELECT 1;"), "list the columns");
	REFUSES(judged_schema("CREATE TABLE IF NOT EXISTS a (id $ID);"), "runs once");
	REFUSES(judged_schema("CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END;"), "-- only sqlite");
	REFUSES(judged_schema("CREATE VIEW v AS SELECT 1;"), "name the statement");
	REFUSES(judged_schema("CREATE TABLE a (id $ID)"), "no ;");
	REFUSES(judged_schema("-- only sqlite\nSELECT 1;\n"), "does not end");
	REFUSES(judged_schema("-- only oracle\nSELECT 1;\n-- both\n"), "-- only postgres");
}
