#include "tools/floors/floors.h"

#include "tests/test.h"

static int errors;

static Str said(const char *path, const char *text) {
	Floors f = {.arena = t_arena};
	floors_check(&f, str_c(path), str_c(text));
	Str all = buf_take(&f.out, t_arena);
	buf_free(&f.out);
	errors = f.errors;
	return all;
}

static void check(const char *file, int line, const char *path, const char *text, const char *words) {
	Str s = said(path, text);
	if (!words && s.len)
		test_fail(file, line, "said %.*s", STR_ARG(s));
	if (words && (errors != 1 || !str_has(s, str_c(words)) || !str_starts(s, str_c(path))))
		test_fail(file, line, "said \"%.*s\", not \"%s\"", STR_ARG(s), words);
}
#define FINE(path, text) check(__FILE__, __LINE__, path, text, NULL)
#define WRONG(path, text, words) check(__FILE__, __LINE__, path, text, words)

TEST("floors: a file sees its own floor and lower ones") {
	FINE("base/str.c", "#include \"base/buf.h\"\n#include <string.h>\n");
	FINE("html/html.c", "#include \"html/svg.h\"\n#include \"base/buf.h\"\n");
	FINE("core/ctx.c", "#include \"db/db.h\"\n");
	FINE("web/page.c", "#include \"core/ctx.h\"\n#include \"http/http.h\"\n#include \"web/page.html.h\"\n#include \"assets.h\"\n");
	FINE("app/main.c", "#include \"domain/admin/admin.h\"\n");
}

TEST("floors: a file never sees a higher floor") {
	WRONG("base/str.c", "\n#include \"db/db.h\"\n", "base/str.c:2: base sees db/db.h; it may see nothing else");
	WRONG("db/db.c", "#include \"http/http.h\"\n", "db sees http/http.h");
	WRONG("html/html.c", "# include \"db/db.h\"\n", "html sees db/db.h");
	WRONG("core/ctx.c", "#include \"html/html.h\"\n", "core sees html/html.h");
	WRONG("core/ctx.c", "#include \"domain/plan/plan.h\"\n", "wrong floor");
	WRONG("web/page.c", "#include \"domain/plan/plan.h\"\n", "web sees domain/plan/plan.h");
	WRONG("domain/plan/plan.c", "#include \"app/app.h\"\n", "domain sees app/app.h");
	WRONG("web/page.html", "{% include \"domain/plan/plan.h\" %}\n", "web sees domain/plan/plan.h");
	WRONG("other/x.c", "", "stands on no floor");
}

TEST("floors: rules of a subject see no screen, its pages do") {
	WRONG("domain/plan/plan.c", "#include \"web/web.h\"\n", "only *_page.c, templates and module.c");
	WRONG("domain/plan/plan.h", "#include \"html/html.h\"\n", "rules see html/html.h");
	WRONG("domain/plan/plan.c", "#include \"domain/plan/plan_page.h\"\n", "rules see the page");
	WRONG("domain/plan/plan.c", "#include \"domain/plan/plan.html.h\"\n", "rules see the page");
	FINE("domain/plan/plan_page.c", "#include \"web/web.h\"\n#include \"domain/plan/plan.html.h\"\n");
	FINE("domain/plan/module.c", "#include \"web/module.h\"\n#include \"domain/plan/plan_page.h\"\n");
	FINE("domain/plan/plan.html", "{% include \"web/parts.h\" %}\n");
}

TEST("floors: a subject sees only the subjects above it in the design") {
	FINE("domain/plan/plan.c", "#include \"domain/needs/needs.h\"\n#include \"domain/plan/card.h\"\n");
	WRONG("domain/plan/plan.c", "#include \"domain/network/network.h\"\n", "plan sees domain/network/network.h");
	WRONG("domain/people/people_page.c", "#include \"domain/messages/messages.h\"\n", "stands below it");
	WRONG("domain/plan/plan.c", "#include \"domain/other/other.h\"\n", "the subject other is unknown");
	WRONG("domain/other/other.c", "#include \"domain/other/x.h\"\n", "the subject other is unknown");
}

TEST("floors: each library has one door") {
	FINE("db/sqlite.c", "#include <sqlite3.h>\n");
	FINE("db/sqlite_functions.c", "#include <sqlite3.h>\n");
	WRONG("db/db.c", "#include <sqlite3.h>\n", "only db/sqlite.c may see <sqlite3.h>");
	WRONG("core/x.c", "#include \"db/db.h\"\n#include <libpq-fe.h>\n", "core/x.c:2: only db/postgres.c");
	WRONG("http/http.c", "#include <microhttpd.h>\n", "only http/server.c");
	WRONG("base/str.c", "#include <unicode/ucol.h>\n", "only base/text.c");
	WRONG("base/str.c", "#include <sodium.h>\n", "only base/hash.c");
	Floors f = {.arena = t_arena};
	floors_check(&f, S("core/xlsx.c"), S("#include <archive.h>\n#include <expat.h>\n"));
	floors_check(&f, S("core/xlsx.h"), S("#include <archive.h>\n"));
	EQ_INT(f.errors, 0);
	floors_check(&f, S("core/docx.c"), S("#include <archive.h>\n"));
	EQ_INT(f.errors, 1);
	EXPECT(str_has(buf_view(&f.out), S("core/docx.c:1: <archive.h> is seen by core/xlsx already")));
	buf_free(&f.out);
}

TEST("floors: banned functions are found in code, not in comments, texts or longer names") {
	WRONG("base/x.c", "/* a\n */ strcpy(a, b);\n", "base/x.c:2: strcpy is banned; use Str");
	WRONG("base/x.c", "x = \"a\"; y = sprintf (z);\n", "sprintf is banned");
	WRONG("base/x.c", "// strcpy(\nint n = atoi(s);\n", "base/x.c:2: atoi");
	FINE("base/x.c", "/* strcpy(a) */ // atoi(b)\nputs(\"gets(x)\"); c = '\"'; my_strcpy(a); strcpy_s(a); fgets(b); snprintf(c); gets;\n");
	FINE("base/x.c", "\"never ends\n\"\\\"strcpy(\" '");
}

TEST("floors: long files are named, too long ones are refused") {
	char lines[800];
	memset(lines, '\n', sizeof lines);
	Floors f = {.arena = t_arena};
	floors_check(&f, S("base/x.c"), (Str){lines, 450});
	EQ_INT(f.errors + f.warnings, 0);
	floors_check(&f, S("base/x.c"), (Str){lines, 451});
	EQ_INT(f.warnings, 1);
	floors_check(&f, S("base/x.c"), (Str){lines, 701});
	EQ_INT(f.errors, 1);
	buf_free(&f.out);
}
