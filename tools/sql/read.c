/* read.c: a .sql file becomes named statements.
 *
 *     -- name: district_list
 *     -- Districts of region $1 in Czech order.
 *     SELECT …
 *
 * A second text, for PostgreSQL, follows the line "-- postgres:". */
#include "tools/sql/sql.h"

typedef struct Reader {
	Problems   *p;
	const char *path;
	Statements *list;
	Statement  *now;
	enum { BEFORE, DESCRIPTION, BODY, POSTGRES } place;
	const char *body;                        /* where the text that is being read begins */
	Buf         description;
} Reader;

static bool is_name(Str s) {
	if (str_empty(s) || s.ptr[0] < 'a' || s.ptr[0] > 'z')
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!((s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || (s.ptr[i] >= '0' && s.ptr[i] <= '9') || s.ptr[i] == '_'))
			return false;
	return true;
}

/* The text from where it began up to `end`, without a semicolon at its end. */
static void close_text(Reader *r, Text *t, const char *end) {
	t->sql = str_trim(str_of(r->body, (size_t)(end - r->body)));
	t->tokens = sql_tokens(r->p, t->sql, t->line);
	if (t->tokens.len && token_is(&t->tokens.at[t->tokens.len - 1], ";"))
		t->sql.len = (size_t)(t->tokens.at[--t->tokens.len].text.ptr - t->sql.ptr);
}

static void close_statement(Reader *r, const char *end) {
	if (!r->now)
		return;
	if (r->place == BODY)
		close_text(r, &r->now->text, end);
	else if (r->place == POSTGRES)
		close_text(r, &r->now->postgres, end);
	r->now->description = buf_take(&r->description, r->p->arena);
	r->now = NULL;
}

static void open_statement(Reader *r, Str name, int line) {
	if (!is_name(name))
		problem(r->p, line, "\"%.*s\" is no name; write small letters, digits and _, as in module_verb_object", STR_ARG(name));
	r->now = ARENA_PUSH(r->p->arena, r->list->at, r->list->len, r->list->cap);
	*r->now = (Statement){.path = r->path, .name = name, .line = line};
	r->place = DESCRIPTION;
}

static void open_postgres(Reader *r, Str line, int number, const char *after) {
	if (r->place != BODY) {
		problem(r->p, number, "\"-- postgres:\" belongs after the first text of a statement");
		return;
	}
	close_text(r, &r->now->text, line.ptr);
	r->now->two_texts = true;
	r->now->postgres.line = number + 1;
	r->body = after;
	r->place = POSTGRES;
}

static void mark_all_versions(Reader *r, Str reason, int line) {
	if (!r->now)
		return;
	r->now->all_versions = true;
	if (str_empty(reason))
		problem(r->p, line, "\"-- all versions:\" needs a reason: why does this statement read what is no longer known?");
}

static void take_line(Reader *r, Str line, int number, const char *after) {
	Str s = str_trim(line);
	if (str_starts(s, S("-- name:"))) {
		close_statement(r, line.ptr);
		open_statement(r, str_trim(str_from(s, 8)), number);
	} else if (str_starts(s, S("-- postgres:"))) {
		open_postgres(r, line, number, after);
	} else if (str_starts(s, S("-- all versions:"))) {
		mark_all_versions(r, str_trim(str_from(s, 16)), number);
	} else if (r->place == DESCRIPTION && str_starts(s, S("--"))) {
		buf_str(&r->description, str_trim(str_from(s, 2)));
		buf_char(&r->description, '\n');
	} else if (r->place == DESCRIPTION && !str_empty(s)) {
		r->body = line.ptr;
		r->now->text.line = number;
		r->place = BODY;
	} else if (r->place == BEFORE && !str_empty(s) && !str_starts(s, S("--"))) {
		problem(r->p, number, "SQL without a name; begin with a line \"-- name: module_verb_object\"");
		r->place = POSTGRES;                   /* said once is enough */
	}
}

void sql_read(Problems *p, const char *path, Str content, Statements *list) {
	p->path = path;
	Reader r = {.p = p, .path = path, .list = list};
	Str rest = content;
	size_t first = list->len;
	for (int number = 1; !str_empty(rest); number++) {
		Str line = str_cut(&rest, '\n');
		take_line(&r, line, number, str_empty(rest) ? content.ptr + content.len : rest.ptr);
	}
	close_statement(&r, content.ptr + content.len);
	buf_free(&r.description);
	for (size_t i = first; i < list->len; i++)
		lint_statement(p, &list->at[i]);
}
