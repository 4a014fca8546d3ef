/* compile.c: tokens of a template to C. One page gives one function; directives become C statements. */
#include "tools/template/parts.h"
#include "tools/template/template.h"

typedef enum BlockKind { BLOCK_PAGE, BLOCK_IF, BLOCK_LOOP } BlockKind;

typedef struct Block {
	BlockKind kind;
	int       line;
	Str       word;
	Markup    before;                        /* HTML state where the block began */
	Markup    after;                         /* where its branches so far ended */
	bool      has_after, has_else;
} Block;

typedef struct Compiler {
	Mistake e;
	Tokens  tokens;
	size_t  at;                              /* the token in work */
	Markup  markup;
	Block   blocks[32];
	size_t  depth;
	Strs    pages;
	Buf     literal;                         /* text that waits to be written in one piece */
	int     literal_line;
	Buf    *c, *h;
} Compiler;

/* ---- C out ---- */

static void put_c_string(Buf *c, Str s) {
	buf_char(c, '"');
	for (size_t i = 0; i < s.len; i++) {
		u8 b = (u8)s.ptr[i];
		if (b == '"' || b == '\\')
			buf_char(c, '\\');
		if (b < ' ' || b == 0x7F)
			buf_format(c, "\\%03o", b);
		else
			buf_char(c, (char)b);
	}
	buf_char(c, '"');
}

static void put_line(Compiler *k, int line) {
	buf_format(k->c, "#line %d ", line);
	put_c_string(k->c, k->e.file);
	buf_char(k->c, '\n');
}

static void put_indent(Compiler *k) {
	for (size_t i = 0; i < k->depth; i++)
		buf_char(k->c, '\t');
}

static void flush_literal(Compiler *k) {
	if (k->literal.len == 0)
		return;
	put_indent(k);
	buf_lit(k->c, "html_lit(out, ");
	put_c_string(k->c, buf_view(&k->literal));
	buf_lit(k->c, ");\n");
	k->literal.len = 0;
}

/* What follows comes from this line of the template. */
static void start_code(Compiler *k, const Token *t) {
	flush_literal(k);
	put_line(k, t->line);
	put_indent(k);
}

/* ---- blocks ---- */

static Block *top(Compiler *k) {
	return k->depth ? &k->blocks[k->depth - 1] : NULL;
}

static bool push(Compiler *k, BlockKind kind, const Token *t) {
	if (k->depth == LEN(k->blocks))
		return mistake(&k->e, t->line, "blocks are nested too deep; move a part into a page of its own and {%% use %%} it");
	k->blocks[k->depth++] = (Block){.kind = kind, .line = t->line, .word = t->word, .before = k->markup};
	return true;
}

/* One branch of an if is over: remember where it ended. */
static bool end_branch(Compiler *k, const Token *t) {
	Block *b = top(k);
	if (!b->has_after)
		b->after = k->markup;
	else if (!markup_join(&b->after, &k->markup)) {
		Str one = markup_where(k->e.arena, &b->after), other = markup_where(k->e.arena, &k->markup);
		return mistake(&k->e, t->line, "the {%% if %%} of line %d ends %.*s in one branch and %.*s in another; all branches must end in the"
		               " same HTML state", b->line, STR_ARG(one), STR_ARG(other));
	}
	b->has_after = true;
	return true;
}

static bool else_branch(Compiler *k, const Token *t) {
	Block *b = top(k);
	if (!b || b->kind != BLOCK_IF)
		return mistake(&k->e, t->line, "{%% %.*s %%} belongs to no {%% if %%}", STR_ARG(t->word));
	if (b->has_else)
		return mistake(&k->e, t->line, "{%% %.*s %%} after {%% else %%}; {%% else %%} comes last", STR_ARG(t->word));
	if (!end_branch(k, t))
		return false;
	flush_literal(k);
	k->markup = b->before;
	return true;
}

static bool end_page(Compiler *k, const Token *t) {
	if (k->markup.place != IN_TEXT || k->markup.in_pre) {
		Str where = markup_where(k->e.arena, &k->markup);
		return mistake(&k->e, t->line, "the page of line %d ends %.*s; close it before {%% end %%}", top(k)->line, STR_ARG(where));
	}
	while (k->literal.len && is_blank(k->literal.ptr[k->literal.len - 1]))
		k->literal.len--;
	flush_literal(k);
	k->depth--;
	buf_lit(k->c, "}\n");
	return true;
}

static bool end_block(Compiler *k, const Token *t) {
	Block *b = top(k);
	if (!b)
		return mistake(&k->e, t->line, "{%% end %%} without a beginning");
	if (b->kind == BLOCK_PAGE)
		return end_page(k, t);
	if (b->kind == BLOCK_IF) {
		if (!end_branch(k, t))
			return false;
		k->markup = b->before;
		if (!b->has_else && !end_branch(k, t))   /* none of the conditions holds */
			return false;
		k->markup = b->after;
	} else {
		Markup end = k->markup;
		k->markup = b->before;
		if (!markup_join(&k->markup, &end)) {
			Str one = markup_where(k->e.arena, &b->before), other = markup_where(k->e.arena, &end);
			return mistake(&k->e, t->line, "the {%% %.*s %%} of line %d begins %.*s and ends %.*s; a loop must end in the HTML state in which"
			               " it began", STR_ARG(b->word), b->line, STR_ARG(one), STR_ARG(other));
		}
	}
	flush_literal(k);
	k->depth--;
	put_indent(k);
	buf_lit(k->c, "}\n");
	return true;
}

/* Does the block that begins at the token in work end with a blank in its literal text? */
static bool ends_with_blank(const Compiler *k) {
	int depth = 0;
	for (size_t i = k->at; i < k->tokens.len; i++) {
		const Token *t = &k->tokens.at[i];
		if (t->kind != TOKEN_DIRECTIVE)
			continue;
		if (str_eq(t->word, S("if")) || str_eq(t->word, S("for")) || str_eq(t->word, S("each")))
			depth++;
		if (str_eq(t->word, S("end")) && --depth == 0) {
			const Token *last = &k->tokens.at[i - 1];
			return last->kind == TOKEN_TEXT && is_blank(last->text.ptr[last->text.len - 1]);
		}
	}
	return false;
}

/* The state at the beginning of a loop's body must be true of each turn, not only of the first. */
static void soften_for_loop(Compiler *k) {
	Markup *m = &k->markup;
	if (m->place == TAG_BLANK)
		m->place = TAG_GAP;
	m->url_begun = true;
	m->after_blank = m->after_blank && ends_with_blank(k);
}

/* ---- directives ---- */

/* "name(arguments)": both, or a mistake. */
static bool read_call(Compiler *k, const Token *t, Str *name, Str *arguments) {
	*name = c_name(t->text);
	Str rest = str_trim(str_from(t->text, name->len));
	if (name->len == 0 || !str_starts(rest, S("(")) || !str_ends(rest, S(")")))
		return mistake(&k->e, t->line, "{%% %.*s %%} wants a name and what is in the brackets: {%% %.*s name(…) %%}", STR_ARG(t->word), STR_ARG(t->word));
	*arguments = str_trim((Str){rest.ptr + 1, rest.len - 2});
	return true;
}

static bool directive_include(Compiler *k, const Token *t) {
	Str path = t->text;
	bool quoted = path.len > 2 && path.ptr[0] == '"' && path.ptr[path.len - 1] == '"';
	if (!quoted || !str_ends(path, S(".h\"")) || str_has(path, S("..")) || str_has(path, S("\\")))
		return mistake(&k->e, t->line, "{%% include %%} wants a header in quotes, seen from src/: {%% include \"domain/x/x.h\" %%}");
	if (k->depth)
		return mistake(&k->e, t->line, "{%% include %%} inside a page; move it to the top of the file");
	buf_format(k->h, "#include %.*s\n", STR_ARG(path));
	return true;
}

static bool directive_page(Compiler *k, const Token *t) {
	Str name, parameters;
	if (k->depth)
		return mistake(&k->e, t->line, "a page inside the page of line %d; an {%% end %%} is missing before it", k->blocks[0].line);
	if (!read_call(k, t, &name, &parameters))
		return false;
	for (size_t i = 0; i < k->pages.len; i++)
		if (str_eq(k->pages.at[i], name))
			return mistake(&k->e, t->line, "the page %.*s is in this file twice; give one of them another name", STR_ARG(name));
	strs_add(k->e.arena, &k->pages, name);
	k->markup = (Markup){.after_blank = true};

	Str comma = parameters.len ? S(", ") : S("");
	Str head = str_format(k->e.arena, "void view_%.*s(Out *out%.*s%.*s)", STR_ARG(name), STR_ARG(comma), STR_ARG(parameters));
	buf_format(k->h, "%.*s;\n", STR_ARG(head));
	buf_char(k->c, '\n');
	put_line(k, t->line);
	buf_format(k->c, "%.*s {\n\t(void)out;\n", STR_ARG(head));
	return push(k, BLOCK_PAGE, t);
}

static bool directive_if(Compiler *k, const Token *t) {
	start_code(k, t);
	buf_format(k->c, "if (%.*s) {\n", STR_ARG(t->text));
	return push(k, BLOCK_IF, t);
}

static bool directive_elif(Compiler *k, const Token *t) {
	if (!else_branch(k, t))
		return false;
	k->depth--;
	put_indent(k);
	buf_lit(k->c, "}\n");
	put_line(k, t->line);
	put_indent(k);
	buf_format(k->c, "else if (%.*s) {\n", STR_ARG(t->text));
	k->depth++;
	return true;
}

static bool directive_else(Compiler *k, const Token *t) {
	if (!else_branch(k, t))
		return false;
	top(k)->has_else = true;
	k->depth--;
	put_indent(k);
	buf_lit(k->c, "} else {\n");
	k->depth++;
	return true;
}

static bool directive_end(Compiler *k, const Token *t) {
	return end_block(k, t);
}

static bool directive_for(Compiler *k, const Token *t) {
	if (c_count(t->text, ';') != 2)
		return mistake(&k->e, t->line, "{%% for %%} wants three parts: {%% for size_t i = 0; i < n; i++ %%}; over a list {%% each item in list %%}");
	start_code(k, t);
	soften_for_loop(k);
	buf_format(k->c, "for (%.*s) {\n", STR_ARG(t->text));
	return push(k, BLOCK_LOOP, t);
}

static bool directive_each(Compiler *k, const Token *t) {
	Str item = c_name(t->text);
	Str rest = str_trim(str_from(t->text, item.len));
	Str list = str_trim(str_from(rest, 2));
	if (item.len == 0 || !str_eq(c_name(rest), S("in")) || list.len == 0)
		return mistake(&k->e, t->line, "{%% each %%} wants a name and a list: {%% each item in list %%}");
	start_code(k, t);
	soften_for_loop(k);
	const char *n = str_z(k->e.arena, item);
	buf_format(k->c, "for (struct { __typeof__(%.*s) list; size_t i; } %s_in = {%.*s, 0}; %s_in.i < %s_in.list.len; %s_in.i++) {\n",
	           STR_ARG(list), n, STR_ARG(list), n, n, n);
	if (!push(k, BLOCK_LOOP, t))
		return false;
	put_line(k, t->line);
	put_indent(k);
	buf_format(k->c, "__typeof__(%s_in.list.at) %s = &%s_in.list.at[%s_in.i]; const size_t %s_i = %s_in.i; (void)%s, (void)%s_i;\n",
	           n, n, n, n, n, n, n, n);
	return true;
}

static bool directive_let(Compiler *k, const Token *t) {
	Str text = t->text;
	while (str_ends(text, S(";")))
		text = str_trim(str_first(text, text.len - 1));
	if (c_count(text, ';') || c_count(text, '=') == 0)
		return mistake(&k->e, t->line, "{%% let %%} wants one declaration with a value: {%% let Str name = d->name; %%}");
	start_code(k, t);
	buf_format(k->c, "%.*s;\n", STR_ARG(text));
	return true;
}

static bool directive_use(Compiler *k, const Token *t) {
	Str name, arguments;
	if (!read_call(k, t, &name, &arguments))
		return false;
	if (k->markup.place != IN_TEXT) {
		Str where = markup_where(k->e.arena, &k->markup);
		return mistake(&k->e, t->line, "{%% use %%} %.*s; another page can only be put where text can stand", STR_ARG(where));
	}
	start_code(k, t);
	buf_format(k->c, "view_%.*s(out%s%.*s);\n", STR_ARG(name), arguments.len ? ", " : "", STR_ARG(arguments));
	k->markup.after_blank = false;
	return true;
}

typedef struct Directive {
	const char *word;
	bool        has_text;                    /* must something follow the word? */
	bool        outside;                     /* may it stand outside of a page? */
	bool      (*run)(Compiler *k, const Token *t);
} Directive;

static const Directive directives[] = {
	{"include", true, true, directive_include},
	{"page", true, true, directive_page},
	{"if", true, false, directive_if},
	{"elif", true, false, directive_elif},
	{"else", false, false, directive_else},
	{"end", false, false, directive_end},
	{"for", true, false, directive_for},
	{"each", true, false, directive_each},
	{"let", true, false, directive_let},
	{"use", true, false, directive_use},
};

static bool run_directive(Compiler *k, const Token *t) {
	const Directive *d = directives;
	while (d < directives + LEN(directives) && !str_eq(t->word, str_c(d->word)))
		d++;
	if (d == directives + LEN(directives))
		return mistake(&k->e, t->line, "there is no directive {%% %.*s %%}; docs/templates.md lists them", STR_ARG(t->word));
	if (d->has_text != (t->text.len > 0))
		return mistake(&k->e, t->line, d->has_text ? "something is missing after {%% %s" : "nothing may follow {%% %s", d->word);
	if (!k->depth && !d->outside)
		return mistake(&k->e, t->line, "{%% %s %%} stands outside of a page; begin one by {%% page name(…) %%}", d->word);
	if (k->depth && d->run != directive_page && d->run != directive_include) {
		bool ends_page = d->run == directive_end && k->depth == 1;
		if (!ends_page && !markup_directive(&k->e, &k->markup, t))
			return false;
	}
	return d->run(k, t);
}

/* ---- all of it ---- */

static bool run_token(Compiler *k, const Token *t) {
	if (t->kind == TOKEN_DIRECTIVE)
		return run_directive(k, t);
	if (!k->depth) {
		if (t->kind == TOKEN_TEXT && str_empty(str_trim(t->text)))
			return true;
		int line = t->line;
		for (size_t i = 0; t->kind == TOKEN_TEXT && is_blank(t->text.ptr[i]); i++)
			line += t->text.ptr[i] == '\n';
		return mistake(&k->e, line, "text outside of a page; begin one by {%% page name(…) %%}");
	}
	if (t->kind == TOKEN_TEXT)
		return markup_text(&k->e, &k->markup, t, &k->literal);
	const char *writer;
	if (!markup_hole(&k->e, &k->markup, t, &writer))
		return false;
	start_code(k, t);
	buf_format(k->c, "%s(out, (%.*s));\n", writer, STR_ARG(t->text));
	return true;
}

static bool run(Compiler *k, Str source) {
	if (!template_lex(&k->e, source, &k->tokens))
		return false;
	Str name = str_starts(k->e.file, S("src/")) ? str_from(k->e.file, 4) : k->e.file;
	buf_format(k->c, "/* made from %.*s by tools/template */\n#include \"%.*s.h\"\n\n", STR_ARG(k->e.file), STR_ARG(name));
	buf_lit(k->c, "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n");
	buf_format(k->h, "/* made from %.*s by tools/template */\n#pragma once\n#include \"html/html.h\"\n", STR_ARG(k->e.file));
	for (; k->at < k->tokens.len; k->at++)
		if (!run_token(k, &k->tokens.at[k->at]))
			return false;
	if (k->depth)
		return mistake(&k->e, top(k)->line, "the {%% %.*s %%} of this line has no {%% end %%}", STR_ARG(top(k)->word));
	if (k->pages.len == 0)
		return mistake(&k->e, 1, "the file has no page; begin one by {%% page name(…) %%}");
	return true;
}

bool template_compile(Arena *a, Str file, Str source, Buf *c, Buf *h, Str *error) {
	Compiler *k = arena_alloc(a, sizeof *k);
	k->e = (Mistake){.arena = a, .file = file};
	k->c = c;
	k->h = h;
	bool ok = run(k, source);
	buf_free(&k->literal);
	*error = k->e.text;
	return ok;
}
