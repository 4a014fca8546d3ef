#include "tools/floors/floors.h"

#include <stdarg.h>
#include <stdio.h>

enum { LINES_WARN = 450, LINES_MAX = 700 };

typedef struct Floor {
	const char *name;
	const char *may_see;                     /* words, besides itself */
} Floor;

/* "core" knows no HTTP and no HTML. */
static const Floor floor_table[] = {
	{"base", ""},
	{"db", "base"},
	{"http", "base"},
	{"html", "base"},
	{"core", "base db"},
	{"web", "base db http html core"},
	{"domain", "base db http html core web"},
	{"app", "base db http html core web domain"},
};

/* DESIGN § 4, from the ground up. */
static const char *const subjects[] = {
	"people", "territory", "register", "calendar", "library", "collection", "needs", "rulebook", "plan", "network", "finance", "consultation", "coordination",
	"messages", "site", "admin",
};

typedef struct Library {
	const char *header;                      /* the beginning of its name */
	const char *only;                        /* the files that may see it, without ending, joined by blanks; NULL = one pair, whichever comes first */
} Library;

static const Library libraries[] = {
	{"sqlite3.h", "db/sqlite"}, {"libpq-fe.h", "db/postgres"}, {"microhttpd.h", "http/server"}, {"unicode/", "base/text"},
	{"sodium.h", "base/hash"},  {"xlsxwriter.h", NULL},        {"archive.h", NULL},             {"archive_entry.h", NULL},
	{"expat.h", NULL},          {"cmark.h", NULL},             {"curl/", "core/mail_smtp core/fetch"}, {"jansson.h", NULL},
	{"rhonabwy.h", NULL},       {"liboath/", NULL},            {"qrencode.h", NULL},            {"seccomp.h", NULL},
	{"gmp.h", "base/exact"},
};

typedef struct Banned {
	const char *name, *instead;
} Banned;

static const Banned banned[] = {
	{"strcpy", "Str and str_dup"}, {"strcat", "str_cat or a Buf"},       {"sprintf", "buf_format or str_format"},
	{"gets", "a Buf"},             {"atoi", "str_to_int"},               {"strtok", "str_cut"},
	{"alloca", "the arena"},       {"vsprintf", "buf_format"},           {"strncpy", "memcpy with a checked length"},
};

typedef struct File {
	Floors *f;
	Str     path, floor, subject;
	bool    is_page, is_module;
	int     line;
} File;

/* ---- reports ---- */

static void PRINTF_LIKE(2, 3) error(File *file, const char *format, ...) {
	char text[512];
	va_list ap;
	va_start(ap, format);
	vsnprintf(text, sizeof text, format, ap);
	va_end(ap);
	buf_format(&file->f->out, "%.*s%.*s:%d: %s\n", STR_ARG(file->f->root), STR_ARG(file->path), file->line, text);
	file->f->errors++;
}

/* ---- names ---- */

static Str part(Str path, int n) {
	Str p = {0};
	for (int i = 0; i <= n; i++)
		p = str_cut(&path, '/');
	return path.len ? p : (Str){0};          /* the last part is a file, not a folder */
}

static Str without_ending(Str path) {
	i64 dot = -1;
	for (size_t i = 0; i < path.len; i++)
		if (path.ptr[i] == '.')
			dot = (i64)i;
	return dot < 0 ? path : str_first(path, (size_t)dot);
}

static bool has_word(const char *words, Str word) {
	Str rest = str_c(words);
	while (rest.len)
		if (str_eq(str_cut(&rest, ' '), word))
			return true;
	return false;
}

static const Floor *floor_of(Str name) {
	for (size_t i = 0; i < LEN(floor_table); i++)
		if (str_eq(name, str_c(floor_table[i].name)))
			return &floor_table[i];
	return NULL;
}

static int subject_rank(Str name) {
	for (size_t i = 0; i < LEN(subjects); i++)
		if (str_eq(name, str_c(subjects[i])))
			return (int)i;
	return -1;
}

/* Pages of a subject: x_page.c, its header, and templates. */
static bool is_page_file(Str path) {
	return str_ends(without_ending(path), S("_page")) || str_ends(path, S(".html")) || str_ends(path, S(".html.h"));
}

/* ---- includes ---- */

static void check_domain(File *file, Str target) {
	Str floor = part(target, 0), subject = part(target, 1);
	bool is_rules = !file->is_page && !file->is_module;
	if (is_rules && (str_eq(floor, S("web")) || str_eq(floor, S("http")) || str_eq(floor, S("html")))) {
		error(file, "rules see %.*s; only *_page.c, templates and module.c may: move what needs it there", STR_ARG(target));
		return;
	}
	if (!str_eq(floor, S("domain")))
		return;
	int mine = subject_rank(file->subject), theirs = subject_rank(subject);
	if (theirs < 0 || mine < 0) {
		error(file, "the subject %.*s is unknown; DESIGN § 4 lists the subjects, tools/floors/floors.c repeats them",
		      STR_ARG(mine < 0 ? file->subject : subject));
		return;
	}
	if (theirs > mine)
		error(file, "%.*s sees %.*s, which stands below it in DESIGN § 4; let the other subject call or hook into this one",
		      STR_ARG(file->subject), STR_ARG(target));
	else if (is_rules && is_page_file(target))
		error(file, "rules see the page %.*s; move what both need into a file of rules", STR_ARG(target));
}

static void check_ours(File *file, Str target) {
	Str name = part(target, 0);
	const Floor *theirs = floor_of(name), *mine = floor_of(file->floor);
	if (!theirs || !mine)
		return;                              /* made by the build: assets.h, sql_all.h */
	if (theirs != mine && !has_word(mine->may_see, name)) {
		error(file, "%.*s sees %.*s; it may see %s: what you need lives on the wrong floor", STR_ARG(file->floor), STR_ARG(target),
		      mine->may_see[0] ? mine->may_see : "nothing else");
		return;
	}
	if (str_eq(file->floor, S("domain")))
		check_domain(file, target);
}

/* db/sqlite and db/sqlite_care of "db/sqlite". */
static bool is_one_of(Arena *a, Str me, const char *only) {
	Str rest = str_c(only);
	while (rest.len) {
		Str name = str_cut(&rest, ' ');
		if (str_eq(me, name) || str_starts(me, str_cat(a, name, S("_"))))
			return true;
	}
	return false;
}

static void check_library(File *file, Str header) {
	for (const Library *l = libraries; l < libraries + LEN(libraries); l++) {
		if (!str_starts(header, str_c(l->header)))
			continue;
		Str me = without_ending(file->path);
		if (l->only && !is_one_of(file->f->arena, me, l->only))
			error(file, "only %s.c may see <%.*s>; call it through its header", l->only, STR_ARG(header));
		if (l->only)
			return;
		Strs *headers = &file->f->seen_headers, *files = &file->f->seen_files;
		for (size_t i = 0; i < headers->len; i++)
			if (str_eq(headers->at[i], str_c(l->header))) {
				if (!str_eq(files->at[i], me))
					error(file, "<%.*s> is seen by %.*s already; one module per library: call that one", STR_ARG(header), STR_ARG(files->at[i]));
				return;
			}
		strs_add(file->f->arena, headers, str_c(l->header));
		strs_add(file->f->arena, files, str_dup(file->f->arena, me));
		return;
	}
}

static Str after_word(Str line, const char *word) {
	line = str_trim(line);
	return str_starts(line, str_c(word)) ? str_trim(str_from(line, strlen(word))) : (Str){0};
}

static void check_include(File *file, Str line) {
	Str rest = after_word(line, "#");
	rest = rest.len ? after_word(rest, "include") : after_word(after_word(line, "{%"), "include");
	if (rest.len < 2)
		return;
	char close = rest.ptr[0] == '<' ? '>' : '"';
	if (rest.ptr[0] != '<' && rest.ptr[0] != '"')
		return;
	Str target = str_from(rest, 1);
	target = str_cut(&target, close);
	if (close == '>')
		check_library(file, target);
	else
		check_ours(file, target);
}

/* ---- names in code ---- */

static bool is_word_char(char c) {
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static void check_word(File *file, Str word, Str rest) {
	if (!str_starts(str_trim(rest), S("(")))
		return;
	for (size_t i = 0; i < LEN(banned); i++)
		if (str_eq(word, str_c(banned[i].name)))
			error(file, "%s is banned; use %s", banned[i].name, banned[i].instead);
}

/* Past a quoted literal or a comment that begins at `i`, else `i`. */
static size_t skip_silent(File *file, Str s, size_t i) {
	Str rest = str_from(s, i);
	size_t end = i;
	if (str_starts(rest, S("//"))) {
		i64 at = str_find_char(rest, '\n');
		end = at < 0 ? s.len : i + (size_t)at;
	} else if (str_starts(rest, S("/*"))) {
		i64 at = str_find(str_from(rest, 2), S("*/"));
		end = at < 0 ? s.len : i + 4 + (size_t)at;
	} else if (s.ptr[i] == '"' || s.ptr[i] == '\'') {
		for (end = i + 1; end < s.len && s.ptr[end] != s.ptr[i] && s.ptr[end] != '\n'; end++)
			end += s.ptr[end] == '\\' && end + 1 < s.len;
		end += end < s.len && s.ptr[end] != '\n';
	}
	for (size_t n = i; n < end && n < s.len; n++)
		file->line += s.ptr[n] == '\n';
	return end < s.len ? end : s.len;
}

static void check_words(File *file, Str s) {
	file->line = 1;
	for (size_t i = 0; i < s.len;) {
		size_t after = skip_silent(file, s, i);
		if (after > i) {
			i = after;
			continue;
		}
		size_t from = i;
		while (i < s.len && is_word_char(s.ptr[i]))
			i++;
		if (i > from)
			check_word(file, (Str){s.ptr + from, i - from}, str_from(s, i));
		else
			file->line += s.ptr[i++] == '\n';
	}
}

void floors_check(Floors *f, Str path, Str text) {
	File file = {.f = f, .path = path, .floor = part(path, 0)};
	file.subject = part(path, 1);
	file.is_page = is_page_file(path);
	file.is_module = str_ends(path, S("/module.c"));
	f->files++;
	Str rest = text;
	while (rest.len) {
		Str line = str_cut(&rest, '\n');
		file.line++;
		check_include(&file, line);
	}
	int lines = file.line;
	if (!floor_of(file.floor)) {
		file.line = 1;
		error(&file, "the file stands on no floor; DESIGN § 2 lists the folders of src/");
	}
	if (str_ends(path, S(".html")))
		return;
	check_words(&file, text);
	file.line = lines;
	if (lines > LINES_MAX) {
		error(&file, "%d lines; at most %d: cut the file where its subject changes", lines, LINES_MAX);
	} else if (lines > LINES_WARN) {
		buf_format(&f->out, "%.*s%.*s:%d: warning: %d lines; better below %d\n", STR_ARG(f->root), STR_ARG(path), lines, lines, LINES_WARN);
		f->warnings++;
	}
}
