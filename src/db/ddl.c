/* ddl.c: the portable DDL of schema files, turned into what an engine takes.
 *
 * $ID $INT $TEXT $BYTES become column types; tables of SQLite become STRICT. What only one engine understands stands between
 * the lines "-- only sqlite" or "-- only postgres" and "-- both". */
#include "db/db.h"

typedef struct Ddl {
	Engine engine;
	Str    in;
	size_t at;
	Buf    out;
	int    depth;                              /* of parentheses */
	enum { ELSEWHERE, CREATE, CREATE_TABLE, IN_COLUMNS } place;
} Ddl;

static const struct {
	Str word, sqlite, postgres;
} types[] = {
	{{"$ID", 3}, {"INTEGER PRIMARY KEY", 19}, {"BIGINT PRIMARY KEY", 18}},
	{{"$INT", 4}, {"INTEGER", 7}, {"BIGINT", 6}},
	{{"$TEXT", 5}, {"TEXT", 4}, {"TEXT", 4}},
	{{"$BYTES", 6}, {"BLOB", 4}, {"BYTEA", 5}},
};

static bool in_word(char c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (unsigned char)c >= 0x80;
}

static bool is(Str word, const char *upper) {
	if (word.len != strlen(upper))
		return false;
	for (size_t i = 0; i < word.len; i++) {
		char c = word.ptr[i];
		if ((c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c) != upper[i])
			return false;
	}
	return true;
}

static Str take(Ddl *d, size_t n) {
	Str s = str_first(str_from(d->in, d->at), n);
	d->at += s.len;
	return s;
}

static Str take_until(Ddl *d, Str end, size_t from) {
	i64 n = str_find(str_from(d->in, d->at + from), end);
	return take(d, n < 0 ? d->in.len : from + (size_t)n + end.len);
}

static Str take_word(Ddl *d) {
	size_t n = 1;
	while (d->at + n < d->in.len && in_word(d->in.ptr[d->at + n]))
		n++;
	return take(d, n);
}

static void put_word(Ddl *d, Str word) {
	if (is(word, "CREATE"))
		d->place = CREATE;
	else if (is(word, "TABLE") && d->place == CREATE)
		d->place = CREATE_TABLE;
	else if (d->place == CREATE || is(word, "AS"))
		d->place = d->depth ? d->place : ELSEWHERE;
	for (size_t i = 0; i < LEN(types); i++)
		if (str_eq(word, types[i].word)) {
			buf_str(&d->out, d->engine == ENGINE_SQLITE ? types[i].sqlite : types[i].postgres);
			return;
		}
	buf_str(&d->out, word);
}

static void put_sign(Ddl *d, char c) {
	buf_char(&d->out, c);
	if (c == '(') {
		if (d->depth++ == 0 && d->place == CREATE_TABLE)
			d->place = IN_COLUMNS;
	} else if (c == ')' && --d->depth == 0 && d->place == IN_COLUMNS) {
		if (d->engine == ENGINE_SQLITE)
			buf_lit(&d->out, " STRICT");
		d->place = ELSEWHERE;
	} else if (c == ';') {
		d->place = ELSEWHERE;
		d->depth = 0;
	}
}

static void put_next(Ddl *d) {
	char c = d->in.ptr[d->at];
	if (c == '\'')
		buf_str(&d->out, take_until(d, S("'"), 1));
	else if (str_starts(str_from(d->in, d->at), S("--")))
		buf_str(&d->out, take_until(d, S("\n"), 0));
	else if (str_starts(str_from(d->in, d->at), S("$$")))      /* body of a PostgreSQL function */
		buf_str(&d->out, take_until(d, S("$$"), 2));
	else if (c == '$' || in_word(c))
		put_word(d, take_word(d));
	else
		put_sign(d, take(d, 1).ptr[0]);
}

/* The lines meant for this engine; the others become empty so that line numbers in messages stay right. */
static Str lines_for(Arena *a, Engine e, Str portable) {
	CLEANUP(buf_free) Buf out = {0};
	bool wanted = true;
	while (!str_empty(portable)) {
		Str line = str_cut(&portable, '\n'), mark = str_trim(line);
		if (str_eq(mark, S("-- both")))
			wanted = true;
		else if (str_eq(mark, S("-- only sqlite")))
			wanted = e == ENGINE_SQLITE;
		else if (str_eq(mark, S("-- only postgres")))
			wanted = e == ENGINE_POSTGRES;
		else if (wanted)
			buf_str(&out, line);
		buf_char(&out, '\n');
	}
	return str_dup(a, buf_view(&out));
}

Str db_ddl_for(Arena *a, Engine e, Str portable) {
	Ddl d = {.engine = e, .in = lines_for(a, e, portable)};
	while (d.at < d.in.len)
		put_next(&d);
	Str out = str_dup(a, buf_view(&d.out));
	buf_free(&d.out);
	return out;
}
