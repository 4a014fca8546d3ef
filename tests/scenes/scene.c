#include "tests/scenes/scene.h"

#include <fnmatch.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "tests/scenes/file.h"

/* Where a scene stands: who asks, what came last. */
typedef struct Play {
	Stage *stage;
	Arena *a;
	Jar    nobody;                           /* cookies of the unsigned visitor */
	Jar   *jar;
	Str    path;                             /* of the last page */
	Reply  last;
	Str    form_page, form_path;             /* the last page that had a form */
	Fields names;                            /* "set name = …" */
	Str    why;
} Play;

/* ---------------------------------------------------------------- reading */

bool scenes_read(Arena *a, Str file, Str text, Scenes *ret, Str *why) {
	int line_no = 0;
	while (text.len) {
		Str raw = str_cut(&text, '\n');
		Str line = str_trim(raw);
		line_no++;
		if (line.len == 0 || str_starts(line, S("#")))
			continue;
		if (str_starts(line, S("scene:"))) {
			*ARENA_PUSH(a, ret->at, ret->len, ret->cap) =
				(Scene){.file = str_dup(a, file), .title = str_dup(a, str_trim(str_from(line, 6))), .line = line_no};
			continue;
		}
		Scene *scene = ret->len ? &ret->at[ret->len - 1] : NULL;
		if (!scene || !str_eq(scene->file, file)) {
			*why = str_format(a, "%.*s:%d: a step before the first \"scene:\"", STR_ARG(file), line_no);
			return false;
		}
		bool continues = (raw.ptr[0] == ' ' || raw.ptr[0] == '\t') && scene->steps.len;
		if (continues) {
			Str *step = &scene->steps.at[scene->steps.len - 1];
			*step = str_cat(a, *step, line);
			continue;
		}
		strs_add(a, &scene->steps, str_dup(a, line));
		*ARENA_PUSH(a, scene->lines, scene->line_len, scene->line_cap) = line_no;
	}
	return true;
}

/* --------------------------------------------------------------- requests */

static bool give_up(Play *p, Str why) {
	p->why = why;
	return false;
}

static bool request(Play *p, Call call) {
	if (!str_starts(call.target, S("/")))
		return give_up(p, str_format(p->a, "not a path: \"%.*s\"", STR_ARG(call.target)));
	if (!client_call(p->a, p->stage->port, p->jar, call, &p->last, &p->why))
		return false;
	p->path = call.target;
	if (page_has_form(p->last.body)) {
		p->form_page = p->last.body;
		p->form_path = call.target;
	}
	return true;
}

static bool get(Play *p, Str target) { return request(p, (Call){.method = S("GET"), .target = target}); }

static void put_encoded(Buf *out, Str s) {
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c && strchr("-._~%", c));
		if (plain)
			buf_char(out, (char)c);
		else
			buf_put(out, (char[]){'%', hex[c >> 4], hex[c & 15]}, 3);
	}
}

static const Field *find_field(const Fields *list, Str name) {
	for (size_t i = 0; i < list->len; i++)
		if (str_eq(list->at[i].name, name))
			return &list->at[i];
	return NULL;
}

/* "a=b&c=d e" as fields; values may be written plainly, %26 stands for an ampersand. */
static Fields read_fields(Arena *a, Str text, char between) {
	Fields ret = {0};
	while (text.len) {
		Str value = str_cut(&text, between);
		Str name = str_cut(&value, '=');
		if (name.len)
			*ARENA_PUSH(a, ret.at, ret.len, ret.cap) = (Field){name, value};
	}
	return ret;
}

/* Hidden fields of the form that is sent, where the scene does not give them itself. */
static Fields hidden_fields(Play *p, Str path, const Fields *given) {
	Fields all = {0}, ret = {0};
	page_form(p->a, p->form_page, p->form_path, path, &all);
	for (size_t i = 0; i < all.len; i++)
		if (!find_field(given, all.at[i].name))
			*ARENA_PUSH(p->a, ret.at, ret.len, ret.cap) = all.at[i];
	return ret;
}

static void put_fields(Buf *out, const Fields *list, bool escape_percent, Arena *a) {
	for (size_t i = 0; i < list->len; i++) {
		if (out->len)
			buf_char(out, '&');
		put_encoded(out, list->at[i].name);
		buf_char(out, '=');
		put_encoded(out, escape_percent ? str_replace(a, list->at[i].value, S("%"), S("%25")) : list->at[i].value);
	}
}

static bool post(Play *p, Str target, Str text, bool as_form) {
	Buf    body = {0};
	Fields given = read_fields(p->a, text, '&');
	Fields hidden = as_form ? hidden_fields(p, target, &given) : (Fields){0};
	put_fields(&body, &hidden, true, p->a);
	put_fields(&body, &given, false, p->a);
	Str bytes = buf_take(&body, p->a);
	buf_free(&body);
	return request(p, (Call){S("POST"), target, S("application/x-www-form-urlencoded"), bytes, as_form});
}

#define BOUNDARY "----scene-7d1c2b9e"

static bool put_part(Play *p, Buf *out, Field field) {
	buf_format(out, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%.*s\"", STR_ARG(field.name));
	Str value = field.value;
	if (str_starts(value, S("@"))) {
		Str name = str_from(value, 1);
		if (!file_read(p->a, str_z(p->a, name), &value))
			return give_up(p, str_format(p->a, "there is no file %.*s", STR_ARG(name)));
		for (i64 slash; (slash = str_find_char(name, '/')) >= 0;)
			name = str_from(name, (size_t)slash + 1);
		buf_format(out, "; filename=\"%.*s\"\r\nContent-Type: application/octet-stream", STR_ARG(name));
	}
	buf_lit(out, "\r\n\r\n");
	buf_str(out, value);
	buf_lit(out, "\r\n");
	return true;
}

static bool upload(Play *p, Str target, Str text) {
	Buf    body = {0};
	Fields given = read_fields(p->a, text, ' ');
	Fields hidden = hidden_fields(p, target, &given);
	bool   ok = true;
	for (size_t i = 0; ok && i < hidden.len; i++)
		ok = put_part(p, &body, hidden.at[i]);
	for (size_t i = 0; ok && i < given.len; i++)
		ok = put_part(p, &body, given.at[i]);
	buf_lit(&body, "--" BOUNDARY "--\r\n");
	Str bytes = buf_take(&body, p->a);
	buf_free(&body);
	return ok && request(p, (Call){S("POST"), target, S("multipart/form-data; boundary=" BOUNDARY), bytes, true});
}

static bool follow(Play *p) {
	bool found;
	Str  to = reply_header(&p->last, S("location"), &found);
	Str  origin = str_format(p->a, "http://127.0.0.1:%d", p->stage->port);
	if (!found)
		return give_up(p, str_format(p->a, "nothing to follow: the answer was %d", p->last.status));
	return get(p, str_dup(p->a, str_starts(to, origin) ? str_from(to, origin.len) : to));
}

/* -------------------------------------------------------------- visitors */

static bool sign_in(Play *p, Visitor *v) {
	Stage *s = p->stage;
	v->jar = (Jar){0};
	p->jar = &v->jar;
	if (!get(p, S("/prihlaseni")))
		return false;
	Str at = str_has(v->name, S("@")) ? S("") : str_format(p->a, "@%.*s", STR_ARG(s->domain));
	if (!post(p, S("/prihlaseni"), str_format(p->a, "login=%.*s%.*s&password=%.*s", STR_ARG(v->name), STR_ARG(at), STR_ARG(s->password)), true))
		return false;
	if (p->last.status != 303)
		return give_up(p, str_format(p->a, "sign-in of %.*s was answered %d", STR_ARG(v->name), p->last.status));
	/* the cookies of a visitor outlive the scene */
	Jar kept = {0};
	for (size_t i = 0; i < v->jar.len; i++)
		*ARENA_PUSH(s->arena, kept.at, kept.len, kept.cap) =
			(Cookie){str_dup(s->arena, v->jar.at[i].name), str_dup(s->arena, v->jar.at[i].value)};
	v->jar = kept;
	return true;
}

static bool become(Play *p, Str name, bool anew) {
	Stage *s = p->stage;
	for (size_t i = 0; i < s->visitor_len; i++) {
		if (str_eq(s->visitors[i].name, name)) {
			p->jar = &s->visitors[i].jar;
			return anew || p->jar->len == 0 ? sign_in(p, &s->visitors[i]) : true;
		}
	}
	Visitor *v = ARENA_PUSH(s->arena, s->visitors, s->visitor_len, s->visitor_cap);
	*v = (Visitor){.name = str_dup(s->arena, name)};
	return sign_in(p, v);
}

/* ------------------------------------------------------------------- run */

/* Run the program itself with the store of the run; its output becomes the page, its exit status the status. */
static bool run_program(Play *p, Str arguments) {
	char  *argv[64];
	size_t n = 0;
	argv[n++] = str_z(p->a, p->stage->program);
	while (arguments.len && n < LEN(argv) - 5) {
		Str word = str_cut(&arguments, ' ');
		if (word.len)
			argv[n++] = str_z(p->a, word);
	}
	argv[n++] = "--db";
	argv[n++] = str_z(p->a, p->stage->store);
	argv[n++] = "--state";
	argv[n++] = str_z(p->a, p->stage->state);
	argv[n] = NULL;

	int ends[2];
	if (pipe(ends) != 0)
		return give_up(p, S("no pipe"));
	pid_t child = fork();
	if (child == 0) {
		dup2(ends[1], 1);
		dup2(ends[1], 2);
		close(ends[0]);
		close(ends[1]);
		alarm(120);                              /* outlives exec: a program that never ends is ended */
		execv(argv[0], argv);
		_exit(127);
	}
	close(ends[1]);
	Buf  out = {0};
	char piece[4096];
	for (ssize_t got; (got = read(ends[0], piece, sizeof piece)) > 0;)
		buf_put(&out, piece, (size_t)got);
	close(ends[0]);
	int status = 0;
	if (child < 0 || waitpid(child, &status, 0) != child)
		return give_up(p, S("the program did not start"));
	p->last = (Reply){.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), .body = buf_take(&out, p->a)};
	buf_free(&out);
	return true;
}

/* ---------------------------------------------------------- expectations */

static Str visible(Play *p) {
	bool found;
	Str  type = reply_header(&p->last, S("content-type"), &found);
	return found && str_has(type, S("html")) ? page_text(p->a, p->last.body) : page_plain(p->a, p->last.body);
}

/* The next word of *rest, or the text between quotes. */
static Str next_word(Str *rest) {
	*rest = str_trim(*rest);
	if (str_starts(*rest, S("\""))) {
		*rest = str_from(*rest, 1);
		return str_cut(rest, '"');
	}
	size_t n = 0;
	while (n < rest->len && rest->ptr[n] != ' ' && rest->ptr[n] != ',')
		n++;
	Str word = str_first(*rest, n);
	*rest = str_from(*rest, n);
	return word;
}

static bool expect_header(Play *p, Str *rest, bool not) {
	bool found;
	Str  name = next_word(rest);
	Str  value = reply_header(&p->last, name, &found);
	if (not)
		return !found || give_up(p, str_format(p->a, "header %.*s is \"%.*s\"", STR_ARG(name), STR_ARG(value)));
	Str want = next_word(rest);
	return (found && str_has(value, want)) ||
	       give_up(p, str_format(p->a, "header %.*s is \"%.*s\", not \"%.*s\"", STR_ARG(name), STR_ARG(value), STR_ARG(want)));
}

static bool expect_location(Play *p, Str want) {
	bool found;
	Str  got = reply_header(&p->last, S("location"), &found);
	return (found && fnmatch(str_z(p->a, want), str_z(p->a, got), 0) == 0) ||
	       give_up(p, str_format(p->a, "location is \"%.*s\", not %.*s", STR_ARG(got), STR_ARG(want)));
}

static bool expect_json(Play *p, Str *rest) {
	Str path = next_word(rest);
	Str want = next_word(rest);
	Str got = {0};
	if (!page_json(p->a, p->last.body, path, &got))
		return give_up(p, str_format(p->a, "there is no %.*s in the JSON", STR_ARG(path)));
	return str_eq(got, want) ||
	       give_up(p, str_format(p->a, "json %.*s is \"%.*s\", not \"%.*s\"", STR_ARG(path), STR_ARG(got), STR_ARG(want)));
}

static bool expect_part(Play *p, Str text, Str want, bool not) {
	return str_has(text, want) != not ||
	       give_up(p, str_format(p->a, "%s \"%.*s\"", not ? "there is" : "there is no", STR_ARG(want)));
}

/* A job ends when it ends: the page is asked for until it, or a header of it, says so. */
static bool await(Play *p, Str target, Str text) {
	enum { TRIES = 200, PAUSE_MS = 100 };
	Str  want = next_word(&text), name = {0};
	bool found;
	if (str_eq(want, S("header"))) {
		name = next_word(&text);
		want = next_word(&text);
	}
	for (int i = 0; i < TRIES; i++) {
		if (!get(p, target))
			return false;
		if (str_has(name.len ? reply_header(&p->last, name, &found) : visible(p), want))
			return true;
		nanosleep(&(struct timespec){.tv_nsec = PAUSE_MS * 1000000L}, NULL);
	}
	return give_up(p, str_format(p->a, "after 20 s there is no \"%.*s\"", STR_ARG(want)));
}

static bool expect_one(Play *p, Str *rest) {
	Str  word = next_word(rest);
	bool not = str_eq(word, S("no"));
	if (not)
		word = next_word(rest);
	i64 status;
	if (str_to_int(word, &status))
		return p->last.status == status || give_up(p, str_format(p->a, "the answer was %d", p->last.status));
	if (str_eq(word, S("text")))
		return expect_part(p, visible(p), page_plain(p->a, next_word(rest)), not);
	if (str_eq(word, S("html")))
		return expect_part(p, p->last.body, next_word(rest), not);
	if (str_eq(word, S("header")))
		return expect_header(p, rest, not);
	if (str_eq(word, S("location")))
		return expect_location(p, next_word(rest));
	if (str_eq(word, S("json")))
		return expect_json(p, rest);
	return give_up(p, str_format(p->a, "unknown expectation \"%.*s\"", STR_ARG(word)));
}

static bool expect(Play *p, Str rest) {
	do {
		if (!expect_one(p, &rest))
			return false;
		rest = str_trim(rest);
		if (rest.len && rest.ptr[0] != ',')
			return give_up(p, str_format(p->a, "a comma is missing before \"%.*s\"", STR_ARG(rest)));
		rest = str_trim(str_from(rest, 1));
	} while (rest.len);
	return true;
}

/* ------------------------------------------------------------------ names */

static bool set_name(Play *p, Str rest) {
	Str        name = str_trim(str_cut(&rest, '='));
	regex_t    re;
	regmatch_t match[2];
	if (regcomp(&re, str_z(p->a, str_trim(rest)), REG_EXTENDED | REG_NEWLINE) != 0)
		return give_up(p, S("not a regular expression"));
	Str   head = str_replace(p->a, p->last.head, S("\r"), S(""));
	Str   body = str_replace(p->a, p->last.body, S("\u00A0"), S(" "));       /* a hard blank is as good as another */
	char *all = str_z(p->a, str_format(p->a, "%.*s\n\n%.*s", STR_ARG(head), STR_ARG(body)));
	bool found = regexec(&re, all, 2, match, 0) == 0 && match[1].rm_so >= 0;
	regfree(&re);
	if (!found)
		return give_up(p, S("the answer holds nothing like that"));
	Field  made = {name, str_of(all + match[1].rm_so, (size_t)(match[1].rm_eo - match[1].rm_so))};
	Field *old = (Field *)find_field(&p->names, name);
	if (old)
		*old = made;
	else
		*ARENA_PUSH(p->a, p->names.at, p->names.len, p->names.cap) = made;
	return true;
}

static Str put_names(Play *p, Str step) {
	for (size_t i = 0; i < p->names.len; i++)
		step = str_replace(p->a, step, str_format(p->a, "${%.*s}", STR_ARG(p->names.at[i].name)), p->names.at[i].value);
	return step;
}

static bool play_step(Play *p, Str step) {
	Str rest = put_names(p, step);
	Str word = next_word(&rest);
	rest = str_trim(rest);
	if (str_eq(word, S("expect")))
		return expect(p, rest);
	if (str_eq(word, S("as")))
		return become(p, rest, false);
	if (str_eq(word, S("sign-in")))
		return become(p, rest, true);
	if (str_eq(word, S("anonymous"))) {
		p->nobody = (Jar){0};
		p->jar = &p->nobody;
		return true;
	}
	if (str_eq(word, S("get")))
		return get(p, rest);
	if (str_eq(word, S("head")))
		return request(p, (Call){.method = S("HEAD"), .target = rest});
	if (str_eq(word, S("follow")))
		return follow(p);
	if (str_eq(word, S("run")))
		return run_program(p, rest);
	if (str_eq(word, S("set")))
		return set_name(p, rest);
	if (str_eq(word, S("save")))
		return file_write(str_z(p->a, rest), p->last.body) || give_up(p, str_format(p->a, "%.*s cannot be written", STR_ARG(rest)));

	Str target = str_cut(&rest, ' ');
	if (str_eq(word, S("post")))
		return post(p, target, rest, true);
	if (str_eq(word, S("forge")))
		return post(p, target, rest, false);
	if (str_eq(word, S("upload")))
		return upload(p, target, rest);
	if (str_eq(word, S("await")))
		return await(p, target, rest);
	return give_up(p, str_format(p->a, "unknown step \"%.*s\"", STR_ARG(word)));
}

bool scene_play(Stage *stage, const Scene *scene, Arena *a, Str *why) {
	Play p = {.stage = stage, .a = a};
	p.jar = &p.nobody;
	bool expected = false;
	for (size_t i = 0; i < scene->steps.len; i++) {
		expected |= str_starts(scene->steps.at[i], S("expect"));
		if (play_step(&p, scene->steps.at[i]))
			continue;
		*why = str_format(a, "%.*s:%d: %.*s\n# %.*s\n# answer %d of %.*s: %.*s", STR_ARG(scene->file), scene->lines[i],
		                  STR_ARG(scene->steps.at[i]), STR_ARG(p.why), p.last.status, STR_ARG(p.path),
		                  STR_ARG(utf8_first(visible(&p), 400)));
		return false;
	}
	if (!expected)
		*why = str_format(a, "%.*s:%d: a scene that expects nothing cannot fail", STR_ARG(scene->file), scene->line);
	return expected;
}
